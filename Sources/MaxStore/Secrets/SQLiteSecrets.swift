package import Foundation
internal import GRDB
internal import MaxCore
package import MaxHub

extension SQLiteStore: SecretRows {
    package func secret(
        _ field: String, of connection: ConnectionID, stage: SecretStage
    ) async throws -> SealedSecret? {
        try await read { database in
            try database.firstRow(
                """
                SELECT * FROM secret
                WHERE connection_id = \(connection.rawValue) AND field = \(field) AND stage = \(stage.rawValue)
                """
            ).map(SealedSecret.init(row:))
        }
    }

    package func secrets(of connection: ConnectionID) async throws -> [SealedSecret] {
        try await read { try $0.secrets(of: connection) }
    }

    package func put(_ sealed: FreshlySealed) async throws {
        try await write { try sealed.store(in: $0) }
    }

    package func deleteSecret(_ field: String, of connection: ConnectionID) async throws {
        try await writeAndWipe { try $0.deleteSecret(field, of: connection, stage: .active) }
    }

    package func exclusively<Result: Sendable>(
        _ name: String, _ work: @Sendable () async throws -> Result
    ) async throws -> Result {
        try await folder.lock("work " + name).holding(work)
    }
}

extension SQLiteStore {
    package func dataKey(_ id: String) async throws -> WrappedDataKey? {
        try await keys("SELECT * FROM data_key WHERE id = \(id)").first
    }

    package func newestDataKey(of connection: ConnectionID) async throws -> WrappedDataKey? {
        try await keys(
            """
            SELECT * FROM data_key WHERE connection_id = \(connection.rawValue)
            ORDER BY created_at DESC, rowid DESC LIMIT 1
            """
        ).first
    }

    package func dataKeys() async throws -> [WrappedDataKey] {
        try await keys("SELECT * FROM data_key ORDER BY created_at, rowid")
    }

    private func keys(_ rows: SQLRequest<Row>) async throws -> [WrappedDataKey] {
        try await read { try rows.fetchAll($0).map(WrappedDataKey.init(row:)) }
    }

    package func rekey(
        _ connection: ConnectionID, to key: WrappedDataKey, from old: [SealedSecret], _ sealed: [SealedSecret]
    ) async throws -> Bool {
        try await write { database in
            guard Set(try database.secrets(of: connection)) == Set(old) else { return false }
            try key.store(in: database)
            for secret in sealed { try secret.store(in: database) }
            try database.deleteUnusedKeys(of: connection, except: key.id)
            return true
        }
    }

    package func retire(masterKeys: Set<String>, at time: Date) async throws -> Bool {
        try await write { database in
            let needed: SQLRequest<Row> = "SELECT 1 FROM data_key WHERE master_key IN \(masterKeys) LIMIT 1"
            guard try needed.fetchOne(database) == nil else { return false }
            for key in masterKeys.sorted() {
                try database.execute(
                    literal: """
                        INSERT INTO retired_master_key (id, retired_at) VALUES (\(key), \(ColumnText.of(time)))
                        ON CONFLICT (id) DO NOTHING
                        """)
            }
            return true
        }
    }
}

extension Database {
    fileprivate func secrets(of connection: ConnectionID) throws -> [SealedSecret] {
        let rows: SQLRequest<Row> = """
            SELECT * FROM secret WHERE connection_id = \(connection.rawValue) ORDER BY field, stage
            """
        return try rows.fetchAll(self).map(SealedSecret.init(row:))
    }
}
