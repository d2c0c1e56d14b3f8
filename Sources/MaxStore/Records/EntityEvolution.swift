internal import GRDB
internal import MaxHub

/// The change of an entity's tables from one shape into another, in which nothing that was stored is lost.
///
/// A field that is new takes what was kept of it besides the fields; one that is dropped leaves its values there; one
/// that was renamed brings them along. A change of kind converts what it can and keeps the rest besides the fields.
/// Changes keep their places in the order of all changes: the provider changed nothing.
struct EntityEvolution {
    private let old: StoredEntity
    private let new: StoredEntity
    private let change: RecordEvolution

    init(from old: StoredEntity, to shape: EntityShape) {
        self.old = old
        new = shape.entity
        change = RecordEvolution(from: old, to: shape)
    }

    func carryOut(in database: Database) throws {
        let (oldTable, newTable) = (EntityTable(old), EntityTable(new))
        let isTextNew = change.changesRecords || oldTable.textFields.map(\.name) != newTable.textFields.map(\.name)
        let kept = change.changesRecords ? [] : Set(oldTable.indexed).intersection(newTable.indexed)
        if isTextNew { try run(oldTable.textRemoval, in: database) }
        try run(oldTable.indexed.filter { !kept.contains($0) }.map(oldTable.indexRemoval(by:)), in: database)
        if change.changesRecords { try rewrite(in: database) }
        try run(newTable.indexed.filter { !kept.contains($0) }.map(newTable.indexCreation(by:)), in: database)
        if isTextNew { try run(newTable.textCreation, in: database) }
        try renameCollections(in: database)
    }

    private func run(_ statements: [String], in database: Database) throws {
        for statement in statements { try database.execute(sql: statement) }
    }

    /// Copies every record into a table of the new shape.
    private func rewrite(in database: Database) throws {
        let table = EntityTable(new)
        let before = (new.name + "_before").quotedName
        try run(["ALTER TABLE \(table.name) RENAME TO \(before)", table.creation], in: database)
        let columns = RecordColumns(of: old, from: 3)
        let reading = try RecordStatement(
            database, "SELECT _row, _connection, _change, \(columns.sql) FROM \(before) ORDER BY _row")
        let insertion = try RecordStatement(database, Self.insertion(into: table))
        var draft = RowDraft(fields: new.fields.count)
        let places = FieldPlaces(new.fields)
        defer { reading.reset() }
        while try reading.step() {
            draft.take(change.evolved(columns.content(of: reading)), id: columns.id(of: reading), places)
            let system = (0..<3).map { RecordStatement.Value.integer(reading.integer(at: $0)) }
            try insertion.run(system + draft.columnValues(of: new.fields))
        }
        reading.reset()
        try run(["DROP TABLE \(before)"], in: database)
    }

    private static func insertion(into table: EntityTable) -> String {
        let fields = table.entity.fields.map(\.name.quotedName)
        let columns = ["_row", "_connection", "_change", "id"] + fields + ["_other", "_absent"]
        let values = Array(repeating: "?", count: columns.count)
        return """
            INSERT INTO \(table.name) (\(columns.joined(separator: ", "))) VALUES (\(values.joined(separator: ", ")))
            """
    }

    /// Lets the edges of a renamed collection follow it.
    private func renameCollections(in database: Database) throws {
        for (earlier, later) in change.collectionNames {
            try RecordStatement(
                database, "UPDATE OR IGNORE relation SET field = ? WHERE parent_entity = ? AND field = ?"
            ).run(.text(later), .text(new.name), .text(earlier))
        }
    }
}
