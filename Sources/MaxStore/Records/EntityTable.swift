internal import MaxHub

/// The table of an entity's records, its indexes and its full-text index, as SQL.
///
/// Besides the fields' columns there are `_row`, `_connection` (the connection's number), `id`, `_other` (what came
/// besides the fields, and what does not fit its field, as a JSON object), `_absent` (the fields never told, as a JSON
/// array; null when there are none) and `_change` (its place in the order of all changes).
struct EntityTable {
    let entity: StoredEntity

    init(_ entity: StoredEntity) { self.entity = entity }

    /// The table's name in quotation marks.
    var name: String { entity.name.quotedName }
    /// The fields that full-text search finds; where there are none, there is no table for it.
    var textFields: [StoredField] { entity.fields.filter(\.isFoundByText) }
    /// The name of the full-text table in quotation marks; its row ids are the records' `_row`.
    var textName: String { textTitle.quotedName }

    private var textTitle: String { entity.name + "_text" }
    /// The columns with an index.
    var indexed: [String] { ["_change"] + entity.fields.filter(\.isIndexed).map(\.name) }

    private func index(by column: String) -> String { "\(entity.name)_by_\(column)" }

    private var trigger: String { "\(textTitle)_delete" }

    /// Every name it takes up in the database.
    var names: [String] {
        [entity.name, textTitle] + ["data", "idx", "config", "content", "docsize"].map { "\(textTitle)_\($0)" }
            + [trigger] + indexed.map(index(by:))
    }
}

extension EntityTable {
    /// Makes the table, without indexes.
    var creation: String {
        let fields = entity.fields.map { "\($0.name.quotedName) \(FieldForm($0.kind).columnType)" }
        let columns =
            ["_row INTEGER PRIMARY KEY", "_connection INTEGER NOT NULL", "id TEXT NOT NULL"] + fields
            + ["_other TEXT", "_absent TEXT", "_change INTEGER NOT NULL", "UNIQUE (_connection, id)"]
        return "CREATE TABLE \(name) (\n    \(columns.joined(separator: ",\n    "))\n)"
    }

    /// Makes the index of a column; the connection comes first, so that a read never visits another one's records.
    func indexCreation(by column: String) -> String {
        let index = index(by: column).quotedName
        return "CREATE INDEX \(index) ON \(name) (_connection, \(column.quotedName))"
    }

    /// Removes the index of a column.
    func indexRemoval(by column: String) -> String { "DROP INDEX \(index(by: column).quotedName)" }

    /// Makes the full-text index of what is there.
    ///
    /// ``TextIndex`` is told of rows that are new or change; a trigger for those would cost more than all else that is
    /// done for them. Rows that go take themselves out.
    var textCreation: [String] {
        textFields.isEmpty
            ? []
            : [
                """
                CREATE VIRTUAL TABLE \(textName) USING fts5(
                    \(textColumns), content = \(name), content_rowid = '_row', columnsize = 0,
                    tokenize = "unicode61 remove_diacritics 2"
                )
                """,
                "INSERT INTO \(textName) (\(textName)) VALUES ('rebuild')",
                """
                CREATE TRIGGER \(trigger.quotedName) AFTER DELETE ON \(name) BEGIN
                    INSERT INTO \(textName) (\(textName), rowid, \(textColumns))
                    VALUES ('delete', OLD._row, \(textFields.map { "OLD.\($0.name.quotedName)" }.joined(separator: ", ")));
                END
                """,
            ]
    }

    /// Removes the full-text index.
    var textRemoval: [String] {
        ["DROP TRIGGER IF EXISTS \(trigger.quotedName)", "DROP TABLE IF EXISTS \(textName)"]
    }

    /// Rewrites the full-text index as one piece, in which nothing is left of what was deleted.
    var textOptimization: String? {
        textFields.isEmpty ? nil : "INSERT INTO \(textName) (\(textName)) VALUES ('optimize')"
    }
}

extension EntityTable {
    /// Adds a row to the full-text index; the parameters are its number and the texts.
    var textAddition: String {
        "INSERT INTO \(textName) (rowid, \(textColumns)) VALUES (\(textParameters))"
    }

    /// Takes a row out of the full-text index, which needs to be told what it was; the parameters are as above.
    var textRemovalOfRow: String {
        "INSERT INTO \(textName) (\(textName), rowid, \(textColumns)) VALUES ('delete', \(textParameters))"
    }

    /// Reads what the full-text index knows of the row of that number.
    var textReading: String { "SELECT \(textColumns) FROM \(name) WHERE _row = ?" }

    private var textColumns: String { textFields.map(\.name.quotedName).joined(separator: ", ") }
    private var textParameters: String { Array(repeating: "?", count: textFields.count + 1).joined(separator: ", ") }
}

extension StoredField {
    /// Whether full-text search finds it.
    var isFoundByText: Bool { isTitle || isText }
}
