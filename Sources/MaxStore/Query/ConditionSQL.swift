internal import GRDB
internal import MaxHub

/// Conditions as SQL.
///
/// SQL's third truth value never shows: what is negated is pushed down to single tests, and each of those is a test that
/// no null passes, or the exact contrary of one.
struct ConditionSQL {
    let names: QueryNames

    /// What is true for the records `alias` for which the condition holds, or for those for which it does not.
    func sql(
        _ condition: Condition, holds: Bool = true, of entity: StoredEntity, as alias: String = "r"
    ) throws -> SQLText {
        switch condition {
        case .all(let parts):
            let parts = try Self.flat(parts, all: true).map { try sql($0, holds: holds, of: entity, as: alias) }
            return holds ? .all(parts) : .any(parts)
        case .any(let parts):
            let parts = try Self.flat(parts, all: false).map { try sql($0, holds: holds, of: entity, as: alias) }
            return holds ? .any(parts) : .all(parts)
        case .not(let part): return try sql(part, holds: !holds, of: entity, as: alias)
        case .compare(let path, .unequal, let value):
            return try sql(.compare(path, .equal, value), holds: !holds, of: entity, as: alias)
        case .compare(let path, let comparison, .null):
            return comparison.holdsBetweenEquals
                ? try sql(.isNull(path), holds: holds, of: entity, as: alias) : holds ? .never : .always
        case .oneOf(let path, let values) where values.contains(.null):
            let others = Condition.oneOf(path, values.filter { $0 != .null })
            return try sql(.any([.isNull(path), others]), holds: holds, of: entity, as: alias)
        case .isNull(let path) where path.steps.isEmpty && holds:
            return SQLText("\(try names.column(path.field, of: entity, as: alias)) IS NULL")
        case .isNull(let path):
            return try test(condition, at: path, of: entity, as: alias).holding(!holds)
        case .compare(let path, _, _), .oneOf(let path, _), .contains(let path, _), .startsWith(let path, _),
            .match(let path?, _):
            return try test(condition, at: path, of: entity, as: alias).holding(holds)
        case .match(nil, let terms):
            return MatchSQL.condition(terms, in: nil, of: entity, as: alias).holding(holds)
        }
    }

    /// The parts, with those of a part of the same kind among them.
    static func flat(_ parts: [Condition], all: Bool) -> [Condition] {
        parts.flatMap { part in
            switch part {
            case .all(let inner) where all, .any(let inner) where !all: flat(inner, all: all)
            default: [part]
            }
        }
    }

    /// A single test that is not true for null; of `isNull` it is the contrary.
    private func test(
        _ condition: Condition, at path: FieldPath, of entity: StoredEntity, as alias: String
    ) throws -> SQLText {
        guard let step = path.steps.first else { return try test(condition, field: path.field, of: entity, as: alias) }
        let (target, inner) = (try names.entity(step.entity), alias + "s")
        let rest = FieldPath(steps: Array(path.steps.dropFirst()), field: path.field, kind: path.kind)
        let ref = "(\(alias)._connection, \(try names.column(step.field, of: entity, as: alias)))"
        let source = "SELECT \(inner)._connection, \(inner).id FROM \(EntityTable(target).name) AS \(inner)"
        return "\(ref) IN (\(source) WHERE " + (try test(condition, at: rest, of: target, as: inner)) + ")"
    }

    private func test(
        _ condition: Condition, field: String, of entity: StoredEntity, as alias: String
    ) throws -> SQLText {
        let column = try names.column(field, of: entity, as: alias)
        switch condition {
        case .compare(_, let comparison, let value): return SQLText("\(column) \(comparison.rawValue) ?", [value.bound])
        case .oneOf(_, let values):
            let marks = Array(repeating: "?", count: values.count).joined(separator: ", ")
            return SQLText("\(column) IN (\(marks))", values.map(\.bound))
        case .contains(_, let text): return SQLText("text_contains(\(column), ?)", [.text(TextFolding.folded(text))])
        case .startsWith(_, let text): return SQLText("text_begins(\(column), ?)", [.text(TextFolding.folded(text))])
        case .isNull: return SQLText("\(column) IS NOT NULL")
        case .match(_, let terms): return MatchSQL.condition(terms, in: field, of: entity, as: alias)
        case .all, .any, .not: return try sql(condition, of: entity, as: alias)
        }
    }
}

extension Comparison {
    fileprivate var holdsBetweenEquals: Bool {
        switch self {
        case .equal, .lessOrEqual, .greaterOrEqual: true
        case .unequal, .less, .greater: false
        }
    }
}

extension SQLText {
    /// This test, or its contrary: true where this is false or null.
    fileprivate func holding(_ holds: Bool) -> SQLText { holds ? self : "(" + self + ") IS NOT TRUE" }
}
