internal import GRDB
internal import MaxHub

/// The entities that were ever prepared, as rows.
struct EntityCatalog {
    private let database: Database

    init(_ database: Database) { self.database = database }

    /// All of them, connector by connector, each in its schema's order.
    func all() throws -> [StoredEntity] {
        let found = try RecordStatement(
            database, "SELECT name, connector FROM entity ORDER BY connector, position, name")
        return try found.all { ($0.text(at: 0) ?? "", $0.text(at: 1) ?? "") }.map(entity)
    }

    /// The one of exactly that name.
    func entity(named name: String) throws -> StoredEntity? {
        let found = try RecordStatement(database, "SELECT connector FROM entity WHERE name = ? COLLATE BINARY")
        return try found.first(.text(name)) { $0.text(at: 0) ?? "" }.map { try entity(name, $0) }
    }

    /// The one whose table would be the same, whatever the case of its letters.
    func namesake(of name: String) throws -> StoredEntity? {
        let found = try RecordStatement(database, "SELECT name, connector FROM entity WHERE name = ?")
        return try found.first(.text(name)) { ($0.text(at: 0) ?? "", $0.text(at: 1) ?? "") }.map(entity)
    }

    /// Stores what an entity is, in place of what it was.
    func put(_ entity: StoredEntity, at position: Int) throws {
        let name = RecordStatement.Value.text(entity.name)
        try RecordStatement(
            database,
            """
            INSERT INTO entity (name, connector, position) VALUES (?, ?, ?)
            ON CONFLICT (name) DO UPDATE SET position = excluded.position
            """
        ).run(name, .text(entity.connector), .integer(Int64(position)))
        try RecordStatement(database, "DELETE FROM entity_field WHERE entity = ?").run(name)
        let insertion = try RecordStatement(
            database,
            """
            INSERT INTO entity_field (entity, position, name, kind, target, is_title, is_text, is_indexed)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?)
            """)
        for (place, row) in (entity.fields.map(FieldRow.init) + entity.collections.map(FieldRow.init)).enumerated() {
            try insertion.run([name, .integer(Int64(place))] + row.values)
        }
    }

    private func entity(_ name: String, _ connector: String) throws -> StoredEntity {
        let rows = try RecordStatement(
            database,
            """
            SELECT name, kind, target, is_title, is_text, is_indexed FROM entity_field
            WHERE entity = ? ORDER BY position
            """
        ).all(.text(name)) { FieldRow(row: $0) }
        return StoredEntity(
            name: name, connector: connector, fields: rows.compactMap(\.field),
            collections: rows.compactMap(\.collection))
    }
}
