package import Foundation
internal import GRDB
internal import MaxCore
package import MaxHub

extension SQLiteStore: ConnectionRows {
    package func connections() async throws -> [Connection] {
        try await read { database in
            let rows: SQLRequest<Row> = "SELECT * FROM connection ORDER BY created_at, rowid"
            return try rows.fetchAll(database).map(Connection.init(row:))
        }
    }

    package func connection(_ id: ConnectionID) async throws -> Connection? {
        try await firstConnection("SELECT * FROM connection WHERE id = \(id.rawValue)")
    }

    package func connection(slug: String) async throws -> Connection? {
        try await firstConnection("SELECT * FROM connection WHERE slug = \(slug)")
    }

    package func connection(connector: String, account: String, isSandbox: Bool) async throws -> Connection? {
        try await firstConnection(
            """
            SELECT * FROM connection
            WHERE connector = \(connector) AND is_sandbox = \(isSandbox) AND account_id = \(account)
            """)
    }

    private func firstConnection(_ rows: SQLRequest<Row>) async throws -> Connection? {
        try await read { try rows.fetchOne($0).map(Connection.init(row:)) }
    }

    package func rename(_ id: ConnectionID, label: String?, slug: String?) async throws {
        try await write { database in
            try database.execute(
                literal: """
                    UPDATE connection SET label = coalesce(\(label), label), slug = coalesce(\(slug), slug)
                    WHERE id = \(id.rawValue)
                    """)
            guard database.changesCount == 1 else { throw MaxError.connectionNotFound(id) }
        }
    }

    package func revoke(_ id: ConnectionID, at time: Date) async throws {
        try await writeAndWipe { database in
            try database.execute(literal: "UPDATE connection SET state = 'revoked' WHERE id = \(id.rawValue)")
            guard database.changesCount == 1 else { throw MaxError.connectionNotFound(id) }
            try database.deleteSecretsAndSetups(of: id)
            try database.stopRuns(of: id, .disconnected, at: time)
        }
    }

    package func erase(_ id: ConnectionID, at time: Date) async throws {
        try await writeAndWipe { database in
            try database.deleteSecretsAndSetups(of: id)
            try database.eraseRecords(of: id)
            try database.execute(literal: "DELETE FROM connection WHERE id = \(id.rawValue)")
            try database.execute(
                literal: """
                    INSERT INTO erased_connection (id, erased_at) VALUES (\(id.rawValue), \(ColumnText.of(time)))
                    ON CONFLICT (id) DO NOTHING
                    """)
        }
    }
}

extension Database {
    fileprivate func deleteSecretsAndSetups(of connection: ConnectionID) throws {
        try execute(literal: "DELETE FROM data_key WHERE connection_id = \(connection.rawValue)")
        try execute(literal: "DELETE FROM setup_session WHERE connection_id = \(connection.rawValue)")
    }
}
