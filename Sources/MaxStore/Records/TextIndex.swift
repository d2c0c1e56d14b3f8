internal import GRDB
internal import GRDBSQLite
internal import MaxHub

/// The full-text index of an entity's table, told of each row by who writes it.
struct TextIndex {
    private let places: [Int]
    private let addition: RecordStatement
    private let removal: RecordStatement
    private let reading: RecordStatement

    /// The index of a table; nil when it has no text to be found.
    init?(of table: EntityTable, in database: Database) throws {
        places = table.entity.fields.indices.filter { table.entity.fields[$0].isFoundByText }
        guard !places.isEmpty else { return nil }
        addition = try RecordStatement(database, table.textAddition)
        removal = try RecordStatement(database, table.textRemovalOfRow)
        reading = try RecordStatement(database, table.textReading)
    }

    /// Adds a row that was just inserted from a draft.
    func add(_ draft: borrowing RowDraft, as row: Int64) throws {
        try draft.texts.withUnsafeBufferPointer { texts in
            let binding = TextBinding(handle: addition.handle, texts: texts)
            var code = sqlite3_bind_int64(addition.handle, 1, row)
            for (index, place) in places.enumerated() { code |= binding.bind(draft.values[place], at: index + 2) }
            guard code == SQLITE_OK else { throw addition.fault }
            defer { addition.reset() }
            _ = try addition.step()
        }
    }

    /// What is to be found of a row.
    func content(of row: Int64) throws -> [RecordStatement.Value] {
        try reading.first(.integer(row)) { row in places.indices.map(row.value(at:)) } ?? []
    }

    /// Puts what is to be found of a row now in the place of what it was.
    func replace(_ earlier: [RecordStatement.Value], of row: Int64) throws {
        let content = try content(of: row)
        if content == earlier { return }
        try removal.run([.integer(row)] + earlier)
        try addition.run([.integer(row)] + content)
    }
}
