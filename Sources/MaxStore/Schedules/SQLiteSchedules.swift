package import Foundation
internal import GRDB
internal import MaxCore
package import MaxHub

extension SQLiteStore: ScheduleRows {
    package func syncStandings(of connection: ConnectionID?) async throws -> [SyncStanding] {
        try await read { database in
            try database.allRows(
                """
                SELECT
                    connection.id, connection.connector, connection.state, connection.sync_interval,
                    sync_state.setback, sync_state.refusal IS NOT NULL AS is_refused,
                    EXISTS (
                        SELECT 1 FROM run WHERE connection_id = connection.id AND state = 'requested'
                        UNION ALL SELECT 1 FROM run WHERE connection_id = connection.id AND state = 'running'
                    ) AS is_open,
                    newest.ended_at, newest.ending ->> '$.problem.retryAfter' AS retry_after,
                    unixepoch(connection.last_setup ->> '$.finishedAt') AS proven_at,
                    (
                        SELECT json_group_array(seconds) FROM (
                            SELECT seconds FROM credential_lifetime
                            WHERE connector = connection.connector
                            AND credential = coalesce(connection.last_setup ->> '$.credential', '')
                            ORDER BY number DESC LIMIT 2
                        )
                    ) AS lifetimes
                FROM connection
                LEFT JOIN sync_state ON sync_state.connection = connection.number
                LEFT JOIN run AS newest ON newest.number = (
                    SELECT number FROM run WHERE connection_id = connection.id AND ended_at IS NOT NULL
                    ORDER BY number DESC LIMIT 1
                )
                WHERE connection.id = coalesce(\(connection?.rawValue), connection.id)
                """
            ).map(SyncStanding.init(row:))
        }
    }

    package func setInterval(_ seconds: TimeInterval?, of connection: ConnectionID) async throws {
        try await write { database in
            try database.execute(
                literal: "UPDATE connection SET sync_interval = \(seconds) WHERE id = \(connection.rawValue)")
            guard database.changesCount == 1 else { throw MaxError.connectionNotFound(connection) }
        }
    }

    package func setPaused(_ isPaused: Bool, of connection: ConnectionID, at time: Date) async throws {
        try await write { database in
            let row = try database.firstRow("SELECT state FROM connection WHERE id = \(connection.rawValue)")
            guard let row else { throw MaxError.connectionNotFound(connection) }
            switch try row.word("state", as: ConnectionState.self) {
            case .shell: throw MaxError.connectionInactive
            case .revoked: throw MaxError.connectionRevoked
            case .active, .paused: break
            }
            let state: ConnectionState = isPaused ? .paused : .active
            try database.run(
                "UPDATE connection SET state = \(state.rawValue) WHERE id = \(connection.rawValue)")
            if isPaused { try database.stopRuns(of: connection, .paused, at: time) }
        }
    }
}

extension SyncStanding {
    private static func expectedEnd(_ row: Row) throws -> Date? {
        guard let seconds: TimeInterval = row["proven_at"] else { return nil }
        let lifetimes: [TimeInterval] = try row.json("lifetimes")
        return CredentialLifetime.expected(from: lifetimes).map { Date(timeIntervalSince1970: seconds + $0) }
    }

    fileprivate init(row: Row) throws {
        self.init(
            connection: ConnectionID(rawValue: row["id"]), connector: row["connector"], state: try row.word("state"),
            ownInterval: row["sync_interval"], isOpen: row["is_open"], lastEndedAt: try row.optionalTime("ended_at"),
            retryAfter: row["retry_after"], setback: row["setback"] == nil ? nil : try row.json("setback"),
            isRefused: row["is_refused"], expectedEnd: try Self.expectedEnd(row))
    }
}
