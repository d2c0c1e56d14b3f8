internal import GRDBSQLite
internal import MaxHub

/// What a SELECT that somebody wrote may read and call.
///
/// SQLite asks for each table, column and function of a statement before it runs. What is not named here is refused.
/// The view by whose name it says a column is read cannot be trusted, since a statement can name its own parts alike: so
/// columns of connections are open or closed to everyone.
final class SelectRules: Sendable {
    private let tables: Set<String>
    /// Every table and view there is, open or not.
    private let all: Set<String>

    /// Tables that hold nothing to hide, beside those of the entities.
    private static let open: Set<String> = [
        "record_connection", "record_edge", "gone_record", "record_tally", "entity", "entity_field", "relation", "edge",
        "sqlite_master", "sqlite_schema", "json_each", "json_tree", "pragma_table_info", "pragma_table_xinfo",
        "pragma_table_list", "pragma_index_list", "pragma_index_info",
    ]
    private static let openColumns: [String: Set<String>] = [
        "connection": ["", "number", "slug", "label", "connector", "account_label", "state"]
    ]
    private static let pragmas: Set<String> = [
        "table_info", "table_xinfo", "table_list", "index_list", "index_info",
        // What full-text tables ask themselves.
        "data_version",
    ]
    private static let closedFunctions: Set<String> = ["load_extension", "fts3_tokenizer", "fts5", "sqlite_log"]

    /// Creates the rules of a database.
    ///
    /// - Parameter names: The names of all its tables and views.
    init(_ entities: [StoredEntity], names: [String]) {
        all = Set(names.map { $0.lowercased() })
        tables = Set(
            entities.flatMap { entity in
                [entity.name]
                    + ["", "_data", "_idx", "_config", "_content", "_docsize"].map { "\(entity.name)_text\($0)" }
            }.map { $0.lowercased() }
        ).union(Self.open)
    }

    /// Whether an action is allowed; its parameters are what SQLite says of it.
    func allow(_ action: Int32, _ first: String, _ second: String) -> Bool {
        switch action {
        case SQLITE_SELECT, SQLITE_RECURSIVE: true
        case SQLITE_READ: allowReading(first.lowercased(), second.lowercased())
        case SQLITE_FUNCTION: !Self.closedFunctions.contains(second.lowercased())
        // Said where a virtual table tells its columns; the connection itself cannot write.
        case SQLITE_UPDATE: first == "sqlite_master"
        case SQLITE_PRAGMA: Self.pragmas.contains(first.lowercased())
        default: false
        }
    }

    private func allowReading(_ table: String, _ column: String) -> Bool {
        if tables.contains(table) || Self.openColumns[table]?.contains(column) == true { return true }
        // A part of the statement itself (WITH) is told like a table when none of its columns is asked for.
        return column.isEmpty && !all.contains(table)
    }
}
