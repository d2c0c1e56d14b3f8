package import Foundation
internal import GRDB
internal import MaxCore
package import MaxHub

extension SQLiteStore: RunRows {
    package func run(_ id: RunID) async throws -> Run? {
        let found = try await read { try $0.storedRun(id) }
        return try folder.observed(found.map { [$0] } ?? []).first
    }

    package func runs(of connection: ConnectionID?, before later: RunID?, limit: Int) async throws -> [Run] {
        let newest = try await read { [endedRuns] database in
            let end = try later.map { try database.number(of: $0) } ?? Int64.max
            let rows =
                if let connection {
                    try database.allRows(
                        """
                        SELECT * FROM run WHERE connection_id = \(connection.rawValue) AND number < \(end)
                        ORDER BY number DESC LIMIT \(max(0, limit))
                        """)
                } else {
                    try database.allRows(
                        "SELECT * FROM run WHERE number < \(end) ORDER BY number DESC LIMIT \(max(0, limit))")
                }
            return try endedRuns.runs(rows)
        }
        return try folder.observed(newest)
    }

    package func standingRuns(of connection: ConnectionID?) async throws -> [ConnectionID: [Run]] {
        let standing = try await read { [endedRuns] database in
            let rows = try database.allRows(
                """
                WITH asked AS (
                    SELECT id FROM connection WHERE id = coalesce(\(connection?.rawValue), id)
                )
                SELECT * FROM run WHERE number IN (
                    SELECT (SELECT max(number) FROM run WHERE connection_id = asked.id) FROM asked
                    UNION SELECT (
                        SELECT number FROM run WHERE connection_id = asked.id AND state = 'complete'
                        ORDER BY number DESC LIMIT 1
                    ) FROM asked
                ) ORDER BY number DESC
                """)
            return try endedRuns.runs(rows)
        }
        return Dictionary(grouping: try folder.observed(standing), by: \.connection)
    }

    package func openRuns(limit: Int) async throws -> [Run] {
        let open = try await read { database in
            try database.allRows(
                """
                SELECT * FROM run WHERE number IN (
                    SELECT number FROM run WHERE state = 'requested'
                    UNION ALL SELECT number FROM run WHERE state = 'running'
                ) ORDER BY number LIMIT \(max(0, limit))
                """
            ).map(Run.init(row:))
        }
        return try folder.observed(open)
    }

    package func request(_ run: RequestedRun) async throws -> Run {
        try await write { [folder] database in
            _ = try database.collectableNumber(of: run.connection)
            if let other = try database.run(of: run.connection, .running),
                try !folder.isAbandoned(other, at: run.requestedAt)
            {
                return other
            }
            return try run.store(in: database)
        }
    }

    package func requestCancel(_ id: RunID, at time: Date) async throws -> Run {
        try await write { [folder] database in
            guard let run = try database.storedRun(id) else { throw MaxError.runNotFound(id) }
            if try run.state == .requested || folder.isAbandoned(run, at: time) {
                try database.end(run, .cancelled, .stopped, at: time)
            } else if run.state == .running {
                try database.run("UPDATE run SET is_cancel_requested = 1 WHERE id = \(id.rawValue)")
            }
            return try database.storedRun(id) ?? run
        }
    }
}

extension RequestedRun {
    /// Stores the request; one of the same connection that nobody has begun takes it in.
    @discardableResult
    func store(in database: Database) throws -> Run {
        if let waiting = try database.run(of: connection, .requested) {
            return try waiting.widened(by: scope, in: database)
        }
        let run = Run(id: id, connection: connection, scope: scope, state: .requested, requestedAt: requestedAt)
        try database.run(
            """
            INSERT INTO run (
                id, connection_id, mode, only_entities, state, requested_at, is_cancel_requested, fence, progress
            ) VALUES (
                \(id.rawValue), \(connection.rawValue), \(scope.mode.rawValue),
                \(ColumnText.of(json: scope.only.sorted())), 'requested', \(ColumnText.of(requestedAt)), 0, 0,
                \(run.progress.columnText)
            )
            """)
        return run
    }
}

extension Run {
    fileprivate func widened(by scope: RunScope, in database: Database) throws -> Run {
        let wider = self.scope.union(scope)
        try database.run(
            """
            UPDATE run SET
                mode = \(wider.mode.rawValue), only_entities = \(ColumnText.of(json: wider.only.sorted()))
            WHERE id = \(id.rawValue)
            """)
        return try database.storedRun(id) ?? self
    }
}

extension Database {
    /// The run of that id, as it is stored.
    func storedRun(_ id: RunID) throws -> Run? {
        try firstRow("SELECT * FROM run WHERE id = \(id.rawValue)").map(Run.init(row:))
    }

    /// The place of a run in the order in which runs were asked for; 0 where there is none of that id.
    fileprivate func number(of id: RunID) throws -> Int64 {
        try firstRow("SELECT number FROM run WHERE id = \(id.rawValue)").map { $0["number"] } ?? 0
    }

    /// The one run of a connection that waits or is under way.
    func run(of connection: ConnectionID, _ state: RunState) throws -> Run? {
        let id = connection.rawValue
        let row =
            state == .running
            ? try firstRow("SELECT * FROM run WHERE connection_id = \(id) AND state = 'running'")
            : try firstRow("SELECT * FROM run WHERE connection_id = \(id) AND state = 'requested'")
        return try row.map(Run.init(row:))
    }

    /// The number of a connection that may be collected from.
    ///
    /// - Throws: ``MaxCore/MaxError`` with code `connection_not_found`, `connection_revoked` or `connection_inactive`.
    func collectableNumber(of connection: ConnectionID) throws -> Int64 {
        let row = try firstRow("SELECT number, state FROM connection WHERE id = \(connection.rawValue)")
        guard let row else { throw MaxError.connectionNotFound(connection) }
        switch try row.word("state", as: ConnectionState.self) {
        case .active: return row["number"]
        case .revoked: throw MaxError.connectionRevoked
        case .shell, .paused: throw MaxError.connectionInactive
        }
    }
}
