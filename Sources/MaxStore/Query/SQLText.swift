internal import MaxHub

/// A piece of SQL and the values of its parameters, in their order.
struct SQLText: Sendable {
    var sql: String
    var values: [RecordStatement.Value]
    /// How tightly it holds together beside AND and OR.
    private var binding = Binding.tight
    /// How deep ANDs and ORs nest in it.
    private var depth = 0

    private enum Binding: Int, Sendable {
        case or
        case and
        case tight
    }

    init(_ sql: String, _ values: [RecordStatement.Value] = []) {
        self.sql = sql
        self.values = values
    }

    static func + (one: SQLText, other: SQLText) -> SQLText { SQLText(one.sql + other.sql, one.values + other.values) }
    static func + (one: SQLText, other: String) -> SQLText { SQLText(one.sql + other, one.values) }
    static func + (one: String, other: SQLText) -> SQLText { SQLText(one + other.sql, other.values) }
}

extension SQLText {
    static let always = SQLText("1")
    static let never = SQLText("0")

    /// What holds where each of the parts does.
    static func all(_ parts: [SQLText]) -> SQLText { parts.isEmpty ? always : joined(parts, .and) }

    /// What holds where one of the parts does.
    static func any(_ parts: [SQLText]) -> SQLText { parts.isEmpty ? never : joined(parts, .or) }

    /// Joins the parts so that SQLite can read them however many there are.
    ///
    /// Its parser has room for some ninety open parentheses, and its expressions for a depth of a thousand. So the deepest
    /// part comes first, where it opens one parenthesis more, and the others form a tree with branches of sixteen.
    private static func joined(_ parts: [SQLText], _ binding: Binding) -> SQLText {
        if parts.count == 1 { return parts[0] }
        let deepest = parts.indices.max { parts[$0].depth < parts[$1].depth } ?? 0
        guard parts[deepest].depth > 0 else { return tree(parts, binding) }
        var others = parts
        let deep = others.remove(at: deepest)
        return chain([deep, tree(others, binding)], binding)
    }

    private static func tree(_ parts: [SQLText], _ binding: Binding) -> SQLText {
        guard parts.count > 16 else { return chain(parts, binding) }
        let branches = stride(from: 0, to: parts.count, by: 16).map { start in
            chain(Array(parts[start..<min(start + 16, parts.count)]), binding).closed
        }
        return tree(branches, binding)
    }

    private static func chain(_ parts: [SQLText], _ binding: Binding) -> SQLText {
        if parts.count == 1 { return parts[0] }
        let pieces = parts.map { $0.binding.rawValue < binding.rawValue ? $0.closed : $0 }
        var chain = SQLText(
            pieces.map(\.sql).joined(separator: binding == .and ? " AND " : " OR "), pieces.flatMap(\.values))
        chain.binding = binding
        chain.depth = (parts.map(\.depth).max() ?? 0) + 1
        return chain
    }

    /// The same in parentheses.
    private var closed: SQLText {
        var closed = SQLText("(\(sql))", values)
        closed.depth = depth
        return closed
    }
}

extension QueryValue {
    /// The value as it is bound.
    var bound: RecordStatement.Value {
        switch self {
        case .null: .null
        case .text(let text): .text(text)
        case .integer(let whole): .integer(whole)
        case .number(let number): .real(number)
        case .boolean(let flag): .integer(flag ? 1 : 0)
        }
    }
}
