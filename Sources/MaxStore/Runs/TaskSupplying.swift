package import Foundation
internal import GRDB
internal import MaxCore
package import MaxHub

extension SQLiteStore {
    package func tasks(
        of lease: RunLease, excluding: Set<Int64>, holding ways: Set<String>, at time: Date, limit: Int
    ) async throws -> TaskSupply {
        try await read { database in
            let connection = try LeasedRun(lease, in: database).number
            let query = TaskQuery(
                connection: connection, held: ways, time: time, limit: max(0, limit) + excluding.count)
            let found = try query.tasks(in: database)
            let ready = found.filter { !excluding.contains($0.id) }.sorted { $0.id < $1.id }
            let next = try database.firstRow(query.next)?.optionalTime("next_at")
            return TaskSupply(ready: Array(ready.prefix(max(0, limit))), nextAt: next)
        }
    }

    package func failures(of run: RunID, limit: Int) async throws -> [TaskFailure] {
        try await read { database in
            let rows = try database.allRows(
                """
                SELECT way, subject, kind, problem FROM task WHERE state = 'failed'
                AND connection = (SELECT connection FROM sync_state WHERE run_id = \(run.rawValue))
                ORDER BY not_before, id LIMIT \(max(0, limit))
                """)
            return try rows.map { TaskFailure(job: try SyncJob(row: $0), problem: try $0.json("problem")) }
        }
    }
}
