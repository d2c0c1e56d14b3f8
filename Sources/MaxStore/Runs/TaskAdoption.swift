internal import Foundation
internal import GRDB
internal import MaxHub

extension Database {
    /// Makes the tasks that earlier runs left those of a run, or drops them when it reads everything anew.
    ///
    /// The time before which a provider wants no call stays, whoever makes the next one. None is more than a day away: what
    /// is was noted by a clock that has been set right since.
    ///
    /// - Returns: How many there are to do.
    func adoptTasks(of connection: Int64, for run: Run, at time: Date) throws -> Int {
        if try !belongTasks(of: connection, to: run.id) {
            if run.scope.isAll { try forgetTasks(of: connection) }
            try dropDoneTasks(of: connection)
            try self.run(
                """
                INSERT INTO sync_state (connection, run_id, is_pass_open) VALUES (\(connection), \(run.id.rawValue), 0)
                ON CONFLICT (connection) DO UPDATE SET run_id = excluded.run_id
                """)
        }
        try self.run(
            """
            UPDATE task SET
                state = 'waiting', problem = NULL, attempts = 0, is_interrupted = is_interrupted OR page > 0,
                not_before = iif(
                    not_before > \(ColumnText.of(time)) AND not_before <= \(ColumnText.of(time + 86400)), not_before, NULL)
            WHERE connection = \(connection)
            AND (state = 'failed' OR state = 'waiting' AND (attempts > 0 OR page > 0 AND NOT is_interrupted))
            """)
        let left = try firstRow("SELECT count(*) FROM task WHERE connection = \(connection) AND state = 'waiting'")
        return left?[0] ?? 0
    }

    /// Drops the tasks that are done, unless they are part of a reading of everything that is not over: what that has
    /// behind it is not read again.
    func dropDoneTasks(of connection: Int64) throws {
        try run(
            """
            DELETE FROM task WHERE connection = \(connection) AND state = 'done'
            AND NOT EXISTS (SELECT 1 FROM sync_state WHERE connection = \(connection) AND is_pass_open)
            """)
    }

    /// Whether a run is the one that took a connection's tasks last.
    func belongTasks(of connection: Int64, to run: RunID) throws -> Bool {
        let owner = try firstRow("SELECT run_id FROM sync_state WHERE connection = \(connection)")
        return owner?["run_id"] == run.rawValue
    }

    /// Drops what is left to do; where that was something, nothing counts as whole before everything was read again.
    private func forgetTasks(of connection: Int64) throws {
        try run(
            """
            UPDATE sync_state SET
                is_pass_open = 0,
                last_whole_at = iif(
                    EXISTS (SELECT 1 FROM task WHERE connection = \(connection) AND state <> 'done'),
                    NULL, last_whole_at)
            WHERE connection = \(connection)
            """)
        try run("DELETE FROM task WHERE connection = \(connection)")
    }
}
