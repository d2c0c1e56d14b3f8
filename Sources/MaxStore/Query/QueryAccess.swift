internal import GRDB
internal import MaxHub

/// The way on which a query comes upon records.
enum QueryAccess: Equatable {
    /// All of the table, in the order of its rows.
    case whole
    /// All of the table, with an eye on whose each record is.
    case scan
    /// An index, for all connections at once.
    case gather
    /// An index, for one connection after the other.
    case each
    /// The full-text index, in the order of its rows.
    case text
}

/// The choice of a query's way.
///
/// The database keeps no statistics, so that SQLite cannot know whether a value is rare. This asks the index: what it has
/// too much of is better met on the way through the rows in their order, where a page is soon full.
struct AccessChoice {
    let database: Database
    let scope: RecordScope
    let entity: StoredEntity
    let sql: ConditionSQL

    /// How many records a test may leave to be sorted for a page: where the rows, or an index in the order that is
    /// asked for, could be followed instead, and where all have to be seen anyway.
    private static let few = (beside: 4000, instead: 50_000)
    /// How many connections are read one after the other.
    private static let mostBranches = 100

    /// How an index would serve a test.
    private enum Service {
        /// In the order of the rows.
        case ordered
        case unordered
    }

    /// What the tests of a query are in SQL, each kept from an index that would not help, and the way to take.
    func choose(_ tests: [Condition], order: [Ordering]) throws -> (tests: [SQLText], access: QueryAccess) {
        let texts = try tests.map { try sql.sql($0, of: entity) }
        let isText = order.isEmpty && tests.contains(where: \.isText)
        let leads = order.first.map { isIndexed($0.path) } ?? false
        var (chosen, serves) = ([SQLText](), false)
        for (test, text) in zip(tests, texts) {
            guard !isText, let service = service(for: test) else {
                chosen.append(text)
                continue
            }
            let most = order.isEmpty || leads ? Self.few.beside : Self.few.instead
            let helps = order.isEmpty && service == .ordered ? true : try isRare(text, most: most)
            serves = serves || helps
            chosen.append(helps ? text : "+" + text)
        }
        return (chosen, isText ? .text : try access(byIndex: serves || leads))
    }

    private func access(byIndex: Bool) throws -> QueryAccess {
        if byIndex { return scope.ids.count <= Self.mostBranches ? .each : .gather }
        if try scope.isWhole(EntityTable(entity)) { return .whole }
        return try scope.isSmall(entity) ? .gather : .scan
    }

    private func isRare(_ test: SQLText, most: Int) throws -> Bool {
        let probe = try RecordStatement(
            database,
            once: """
                SELECT count(*) FROM (
                    SELECT 1 FROM \(EntityTable(entity).name) AS r WHERE r._connection = ? AND \(test.sql) LIMIT ?)
                """)
        var count: Int64 = 0
        for number in scope.numbers where count < most {
            let values = [.integer(number)] + test.values + [.integer(Int64(most) - count)]
            count += try probe.all(values) { $0.integer(at: 0) }.reduce(0, +)
        }
        return count < most
    }

    private func service(for test: Condition) -> Service? {
        switch test {
        case .compare(let path, .equal, let value) where value != .null: isIndexed(path) ? .ordered : nil
        case .compare(let path, let comparison, let value) where comparison != .unequal && value != .null:
            isIndexed(path) ? .unordered : nil
        case .oneOf(let path, let values) where !values.contains(.null): isIndexed(path) ? .unordered : nil
        case .isNull(let path): isIndexed(path) ? .ordered : nil
        case .compare, .oneOf, .all, .any, .not, .contains, .startsWith, .match: nil
        }
    }

    private func isIndexed(_ path: FieldPath) -> Bool {
        path.steps.isEmpty && (path.field == "id" || entity.field(path.field)?.isIndexed == true)
    }
}

extension Condition {
    /// Whether this is a test of the record's own words.
    var isText: Bool {
        if case .match(let path, let terms) = self { path?.steps.isEmpty != false && !terms.isEmpty } else { false }
    }
}
