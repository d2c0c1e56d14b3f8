package import Foundation
internal import GRDB
internal import MaxCore
package import MaxHub

/// How many runs of a connection are kept once they are over.
let endedRunLimit = 200
/// How many lifetimes of credentials are kept, of all connectors together.
private let keptLifetimes = 1000

extension SQLiteStore {
    package func finish(
        _ lease: RunLease, _ state: RunState, _ ending: RunEnding, reconciling: Set<String>, at time: Date
    ) async throws -> Run {
        try await write { database in
            let run = try LeasedRun(lease, in: database)
            if !reconciling.isEmpty { try run.reconcile(reconciling, in: database, at: time) }
            try run.closeTasks(state, refusedBy: ending.problem, in: database, at: time)
            guard let stored = try database.storedRun(run.id) else { throw MaxError.leaseLost }
            try database.end(stored, state, ending, at: time)
            return try database.storedRun(run.id) ?? stored
        }
    }
}

extension LeasedRun {
    /// Lets the records of entities go that no list has any more.
    fileprivate func reconcile(_ entities: Set<String>, in database: Database, at time: Date) throws {
        var writer = try RecordWriter(database, connection: connection, at: time)
        try writer.buryUnlisted(entities)
        var progress = try progress
        progress.add(try writer.finish())
        try store(progress, in: database)
    }

    /// Drops the tasks that are done, and keeps what is to be known of the connection.
    ///
    /// A reading of everything is over at the end of the first run that leaves no task waiting, whether that run began it
    /// or took it over; a list that failed is tried again by itself.
    fileprivate func closeTasks(
        _ state: RunState, refusedBy problem: Problem?, in database: Database, at time: Date
    ) throws {
        if state == .complete || state == .partial {
            try database.run(
                """
                UPDATE sync_state SET is_pass_open = 0, last_whole_at = \(ColumnText.of(time))
                WHERE connection = \(number) AND is_pass_open
                AND NOT EXISTS (SELECT 1 FROM task WHERE connection = \(number) AND state = 'waiting')
                """)
        }
        try database.dropDoneTasks(of: number)
        try keepSetback(state, problem, in: database, at: time)
        guard let problem, problem.refusesCredential else { return }
        let isNew = try database.run(
            """
            UPDATE sync_state SET refusal = \(ColumnText.of(json: problem))
            WHERE connection = \(number) AND refusal IS NULL
            """)
        if isNew == 1 { try keepLifetime(in: database, at: time) }
    }

    /// Notes how long the credential lasted that is refused now.
    private func keepLifetime(in database: Database, at time: Date) throws {
        let now = Int64(time.timeIntervalSince1970)
        try database.run(
            """
            INSERT INTO credential_lifetime (connector, credential, seconds)
            SELECT
                connector, coalesce(last_setup ->> '$.credential', ''),
                \(now) - unixepoch(last_setup ->> '$.finishedAt') AS seconds
            FROM connection WHERE number = \(number) AND is_sandbox = 0 AND seconds >= 0
            """)
        try database.run(
            """
            DELETE FROM credential_lifetime WHERE number <= (
                SELECT max(number) FROM credential_lifetime
            ) - \(keptLifetimes)
            """)
    }

    /// Counts failures in a row that have one cause; what brings anything ends them, what was stopped tells nothing.
    private func keepSetback(_ state: RunState, _ problem: Problem?, in database: Database, at time: Date) throws {
        guard state != .cancelled, problem?.code != MaxError.Code.diskLow.rawValue else { return }
        var setback: Setback?
        if state == .failed {
            let code = problem?.code ?? ""
            let row = try database.firstRow("SELECT setback FROM sync_state WHERE connection = \(number)")
            let earlier: Setback? = try row.flatMap { $0["setback"] == nil ? nil : try $0.json("setback") }
            let known = earlier.flatMap { $0.code == code ? $0 : nil }
            setback = known ?? Setback(code: code, count: 0, since: time)
            setback?.count += 1
        }
        let text = try setback.map { try ColumnText.of(json: $0) }
        try database.run("UPDATE sync_state SET setback = \(text) WHERE connection = \(number)")
    }
}

extension Database {
    /// Ends the run of a connection that is under way, whoever works on it, and drops the one that waits.
    func stopRuns(of connection: ConnectionID, _ ending: RunEnding, at time: Date) throws {
        if let running = try run(of: connection, .running) { try end(running, .cancelled, ending, at: time) }
        try run("DELETE FROM run WHERE connection_id = \(connection.rawValue) AND state = 'requested'")
    }

    /// Ends a run, and drops those of its connection that ended longest ago.
    func end(_ run: Run, _ state: RunState, _ ending: RunEnding, at time: Date) throws {
        try self.run(
            """
            UPDATE run SET
                state = \(state.rawValue), ending = \(ColumnText.of(json: ending)), ended_at = \(ColumnText.of(time)),
                worker = NULL, leased_until = NULL
            WHERE id = \(run.id.rawValue)
            """)
        let connection = run.connection.rawValue
        try self.run(
            """
            DELETE FROM run WHERE connection_id = \(connection) AND ended_at IS NOT NULL AND number <= (
                SELECT number FROM run WHERE connection_id = \(connection) AND ended_at IS NOT NULL
                ORDER BY number DESC LIMIT 1 OFFSET \(endedRunLimit)
            )
            """)
    }
}
