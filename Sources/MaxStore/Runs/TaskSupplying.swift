package import Foundation
internal import GRDB
internal import MaxCore
package import MaxHub

extension SQLiteStore {
    package func tasks(
        of lease: RunLease, excluding: Set<Int64>, at time: Date, limit: Int
    ) async throws -> TaskSupply {
        try await read { database in
            let connection = try LeasedRun(lease, in: database).number
            let query = TaskQuery(connection: connection, time: time, limit: max(0, limit) + excluding.count)
            let found = try [query.fresh, query.due].flatMap { try database.allRows($0).map(SyncTask.init(row:)) }
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

/// The questions for what is left to do: each walks an index and stops after `limit` rows, however many wait.
struct TaskQuery {
    let connection: Int64
    let time: Date
    let limit: Int

    /// Those that wait for nothing, the oldest first.
    var fresh: SQL {
        """
        SELECT \(SyncTask.columns)
        WHERE task.connection = \(connection) AND task.state = 'waiting' AND task.not_before IS NULL
        ORDER BY task.id LIMIT \(limit)
        """
    }

    /// Those whose time has come, the one that waits longest first.
    var due: SQL {
        """
        SELECT \(SyncTask.columns)
        WHERE task.connection = \(connection) AND task.state = 'waiting' AND task.not_before <= \(ColumnText.of(time))
        ORDER BY task.not_before LIMIT \(limit)
        """
    }

    /// When the first of the others can be worked on.
    var next: SQL {
        """
        SELECT min(not_before) AS next_at FROM task
        WHERE connection = \(connection) AND state = 'waiting' AND not_before > \(ColumnText.of(time))
        """
    }
}
