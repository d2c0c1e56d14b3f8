internal import GRDB
internal import MaxCore
internal import MaxHub

/// The answering of one query from one state of the database.
struct RecordSearch {
    private let database: Database
    private let query: RecordQuery
    private let names: QueryNames
    private let entity: StoredEntity
    private let scope: RecordScope

    /// - Throws: ``MaxCore/MaxError`` with code `entity_unknown`.
    init(_ database: Database, _ query: RecordQuery) throws {
        (self.database, self.query) = (database, query)
        names = try QueryNames(database)
        entity = try names.entity(query.entity)
        scope = try RecordScope(database, query.connections)
    }

    private var table: EntityTable { EntityTable(entity) }
    private var conditions: ConditionSQL { ConditionSQL(names: names) }
    /// What has to hold, as separate tests.
    private var tests: [Condition] { query.condition.map { ConditionSQL.flat([$0], all: true) } ?? [] }

    /// The page.
    ///
    /// - Throws: ``MaxCore/MaxError`` with code `cursor_foreign`.
    func page() throws -> RecordPage {
        let start = try query.after.map { try RecordCursor($0, of: query, stored: keys) }
        let places = scope.ids.isEmpty || query.limit < 1 ? [] : try places(after: start)
        let isCut = places.count > query.limit
        let shown = places.prefix(query.limit)
        let reader = try RecordReader(database, entity, query.fields, names, connections: scope.ids)
        return RecordPage(
            records: try shown.map { try reader.record(at: $0.row) },
            next: isCut ? try shown.last?.text(of: query) : nil)
    }

    /// The values that the record of a row is ordered by; nil when there is no such record.
    private func keys(at row: Int64) throws -> [RecordStatement.Value]? {
        let values = try query.order.map { try names.value(at: $0.path, of: entity) }.joined(separator: ", ")
        return try RecordStatement(database, once: "SELECT \(values) FROM \(table.name) AS r WHERE r._row = ?")
            .first(.integer(row)) { row in query.order.indices.map { row.value(at: $0) } }
    }

    /// The places of the records of the page, and of the one behind it.
    private func places(after start: RecordCursor?) throws -> [RecordCursor] {
        let search = try plan()
        var places: [RecordCursor] = []
        for part in search.parts(after: start) where places.count <= query.limit {
            let text = search.statement(part, after: start, limit: query.limit + 1 - places.count)
            places += try RecordStatement(database, once: text.sql).all(text.values) { row in
                RecordCursor(keys: search.keys.indices.map { row.value(at: $0 + 1) }, row: row.integer(at: 0))
            }
        }
        return places
    }

    /// The SELECT of a page.
    func plan() throws -> SearchSQL {
        let choice = AccessChoice(database: database, scope: scope, entity: entity, sql: conditions)
        let keys = try query.order.map { (try names.value(at: $0.path, of: entity), $0.isDescending) }
        let word = tests.firstIndex(where: \.isText)
        var (found, access) = try choice.choose(tests, order: query.order)
        guard access == .text, let word, case .match(let path, let terms) = tests[word] else {
            return SearchSQL(
                table: table, access: access, numbers: scope.numbers, tests: found, words: nil, keys: keys)
        }
        guard !table.textFields.isEmpty else {
            return SearchSQL(
                table: table, access: .whole, numbers: scope.numbers, tests: [.never], words: nil, keys: keys)
        }
        found.remove(at: word)
        return SearchSQL(
            table: table, access: .text, numbers: scope.numbers, tests: found,
            words: MatchSQL.expression(terms, in: path?.field), keys: keys)
    }
}

extension RecordSearch {
    /// How many records there are, in all or for each value at a path; the largest group first.
    func groups(by path: FieldPath?, limit: Int) throws -> [CountGroup] {
        guard !scope.ids.isEmpty else { return path == nil ? [CountGroup(value: nil, count: 0)] : [] }
        let value = try path.map { try names.value(at: $0, of: entity) }
        let source = "FROM \(table.name) AS r WHERE " + SQLText.all(try countedTests())
        let text =
            if let value {
                "SELECT count(*) AS n, \(value) AS value " + source
                    + SQLText(" GROUP BY value ORDER BY n DESC, value NULLS LAST LIMIT ?", [.integer(Int64(limit))])
            } else {
                "SELECT count(*) AS n " + source
            }
        return try RecordStatement(database, once: text.sql).all(text.values) { row in
            CountGroup(value: path.map { JSON(row.value(at: 1), of: $0.kind) }, count: Int(row.integer(at: 0)))
        }
    }

    private func countedTests() throws -> [SQLText] {
        let tests = try tests.map { try conditions.sql($0, of: entity) }
        guard try !scope.isWhole(table) || !tests.isEmpty else { return [] }
        return [SQLText("r._connection IN (\(scope.numbers.map(String.init).joined(separator: ", ")))")] + tests
    }
}
