package import Foundation
internal import GRDB
internal import MaxCore
package import MaxHub

extension SQLiteStore: ScheduleRows {
    package func syncStandings(of connection: ConnectionID?) async throws -> [SyncStanding] {
        try await read { database in
            let ends = try database.expectedEnds()
            return try database.allRows(
                """
                SELECT
                    connection.id, connection.connector, connection.state, connection.sync_interval,
                    sync_state.setback, sync_state.refusal IS NOT NULL AS is_refused,
                    EXISTS (
                        SELECT 1 FROM run WHERE connection_id = connection.id AND state = 'requested'
                        UNION ALL SELECT 1 FROM run WHERE connection_id = connection.id AND state = 'running'
                    ) AS is_open,
                    newest.ended_at, newest.ending ->> '$.problem.retryAfter' AS retry_after
                FROM connection
                LEFT JOIN sync_state ON sync_state.connection = connection.number
                LEFT JOIN run AS newest ON newest.number = (
                    SELECT number FROM run WHERE connection_id = connection.id AND ended_at IS NOT NULL
                    ORDER BY number DESC LIMIT 1
                )
                WHERE connection.id = coalesce(\(connection?.rawValue), connection.id)
                """
            ).map { try SyncStanding(row: $0, expectedEnd: ends[$0["id"]]) }
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

extension Database {
    /// When credentials are expected to end, by the ids of their connections; told of those of whose kind others lasted
    /// equally long.
    fileprivate func expectedEnds() throws -> [String: Date] {
        let observed = try allRows(
            "SELECT connector, credential, seconds FROM credential_lifetime ORDER BY number DESC")
        let kinds = Dictionary(grouping: observed) { CredentialKind(row: $0) }
        let lifetimes = kinds.compactMapValues { CredentialLifetime.expected(from: $0.map { $0["seconds"] }) }
        guard !lifetimes.isEmpty else { return [:] }
        let rows = try allRows(
            """
            SELECT
                id, connector, coalesce(last_setup ->> '$.credential', '') AS credential,
                unixepoch(last_setup ->> '$.finishedAt') AS proven_at
            FROM connection WHERE proven_at IS NOT NULL AND connector IN \(lifetimes.keys.map(\.connector))
            """)
        return rows.reduce(into: [:]) { ends, row in
            guard let lifetime = lifetimes[CredentialKind(row: row)] else { return }
            ends[row["id"]] = Date(timeIntervalSince1970: row["proven_at"] + lifetime)
        }
    }
}

/// The credentials of one connector that people call the same.
private struct CredentialKind: Hashable {
    let connector: String
    let name: String

    init(row: Row) { (connector, name) = (row["connector"], row["credential"]) }
}

extension SyncStanding {
    fileprivate init(row: Row, expectedEnd: Date?) throws {
        self.init(
            connection: ConnectionID(rawValue: row["id"]), connector: row["connector"], state: try row.word("state"),
            ownInterval: row["sync_interval"], isOpen: row["is_open"], lastEndedAt: try row.optionalTime("ended_at"),
            retryAfter: row["retry_after"], setback: row["setback"] == nil ? nil : try row.json("setback"),
            isRefused: row["is_refused"], expectedEnd: expectedEnd)
    }
}
