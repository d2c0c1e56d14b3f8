internal import Foundation
internal import GRDB
internal import MaxHub

extension SealedSecret {
    init(row: Row) throws {
        self.init(
            connection: ConnectionID(rawValue: row["connection_id"]), field: row["field"], stage: try row.word("stage"),
            dataKey: row["data_key_id"], version: row["version"], ciphertext: row["ciphertext"])
    }

    /// Stores the secret in its place, whatever lies there.
    func store(in database: Database) throws {
        try database.execute(
            literal: """
                INSERT INTO secret (connection_id, field, stage, data_key_id, version, ciphertext)
                VALUES (
                    \(connection.rawValue), \(field), \(stage.rawValue), \(dataKey), \(version), \(ciphertext)
                )
                ON CONFLICT (connection_id, field, stage) DO UPDATE SET
                    data_key_id = excluded.data_key_id, version = excluded.version, ciphertext = excluded.ciphertext
                """)
    }
}

extension WrappedDataKey {
    init(row: Row) throws {
        self.init(
            id: row["id"], connection: ConnectionID(rawValue: row["connection_id"]), masterKey: row["master_key"],
            wrapped: row["wrapped"], createdAt: try row.time("created_at"))
    }

    /// Stores the key unless it is there; two secrets sealed one after the other may both bring it.
    func store(in database: Database) throws {
        try database.execute(
            literal: """
                INSERT INTO data_key (id, connection_id, master_key, wrapped, created_at)
                VALUES (
                    \(id), \(connection.rawValue), \(masterKey), \(wrapped), \(ColumnText.of(createdAt))
                )
                ON CONFLICT (id) DO NOTHING
                """)
    }
}

extension FreshlySealed {
    /// The same secret, waiting for the end of a setup.
    var staged: FreshlySealed {
        var staged = self
        staged.secret.stage = .staged
        return staged
    }

    func store(in database: Database) throws {
        try newKey?.store(in: database)
        try secret.store(in: database)
        if let line { try database.note([line]) }
    }
}

extension Database {
    func deleteSecret(_ field: String, of connection: ConnectionID, stage: SecretStage) throws {
        try execute(
            literal: """
                DELETE FROM secret
                WHERE connection_id = \(connection.rawValue) AND field = \(field) AND stage = \(stage.rawValue)
                """)
    }

    /// Deletes what a setup staged, and every secret of a connection that never came to be.
    func deleteStaged(of connection: ConnectionID) throws {
        let id = connection.rawValue
        try execute(
            literal: """
                DELETE FROM secret WHERE connection_id = \(id)
                AND (stage = 'staged' OR NOT EXISTS (SELECT 1 FROM connection WHERE id = \(id)))
                """)
        try deleteUnusedKeys(of: connection)
    }

    /// Deletes the data keys that no secret needs.
    func deleteUnusedKeys(of connection: ConnectionID, except kept: String = "") throws {
        try execute(
            literal: """
                DELETE FROM data_key WHERE connection_id = \(connection.rawValue) AND id <> \(kept)
                AND id NOT IN (SELECT data_key_id FROM secret WHERE connection_id = \(connection.rawValue))
                """)
    }
}
