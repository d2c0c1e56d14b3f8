internal import GRDB
internal import MaxCore
internal import MaxHub

/// What is left of an entity's records that do not exist any more, for one connection.
struct Tombstones {
    private let entity: StoredEntity
    private let connection: Int64
    private let database: Database

    init(of entity: StoredEntity, _ connection: Int64, in database: Database) {
        (self.entity, self.connection, self.database) = (entity, connection, database)
    }

    private var name: RecordStatement.Value { .text(entity.name) }

    /// Whether there is any.
    var exist: Bool {
        get throws {
            try RecordStatement(database, "SELECT 1 FROM gone_record WHERE connection = ? AND entity = ? LIMIT 1")
                .first(.integer(connection), name) { _ in true } ?? false
        }
    }

    /// Removes that of a record that is there again.
    func remove(_ id: String) throws {
        try RecordStatement(database, "DELETE FROM gone_record WHERE connection = ? AND entity = ? AND id = ?")
            .run(.integer(connection), name, .text(id))
    }

    /// Moves a record here, with all its edges gone; false when there is none.
    func bury(_ id: String, change: Int64, at time: String) throws -> Bool {
        let columns = RecordColumns(of: entity)
        let last = try RecordStatement(
            database,
            "SELECT \(columns.sql) FROM \(EntityTable(entity).name) WHERE _connection = ? AND id = ?"
        ).first(.integer(connection), .text(id)) { columns.content(of: $0).whole }
        guard let last else { return false }
        try RecordStatement(database, "DELETE FROM \(EntityTable(entity).name) WHERE _connection = ? AND id = ?")
            .run(.integer(connection), .text(id))
        try RecordStatement(
            database,
            """
            INSERT INTO gone_record (connection, entity, id, gone_at, change, last) VALUES (?, ?, ?, ?, ?, ?)
            ON CONFLICT (connection, entity, id) DO UPDATE
            SET gone_at = excluded.gone_at, change = excluded.change, last = excluded.last
            """
        ).run(.integer(connection), name, .text(id), .text(time), .integer(change), .text(JSONText.of(.object(last))))
        try removeEdges(of: id)
        return true
    }

    private func removeEdges(of id: String) throws {
        for (side, end) in [("child_entity", "child"), ("parent_entity", "parent")] {
            try RecordStatement(
                database,
                """
                DELETE FROM edge WHERE \(end) = ?1
                AND relation IN (SELECT id FROM relation WHERE connection = ?2 AND \(side) = ?3)
                """
            ).run(.text(id), .integer(connection), name)
        }
    }
}
