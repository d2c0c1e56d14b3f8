internal import Foundation
internal import MaxCore
internal import MaxHub

@testable internal import MaxQuery

/// Wednesday, 2026-03-04 10:20:30 UTC.
let now = Date(timeIntervalSince1970: 1_772_619_630)

extension StoredEntity {
    static let task = StoredEntity(
        name: "DemoTask", connector: "demo",
        fields: [
            StoredField(name: "title", kind: .string, isTitle: true),
            StoredField(name: "description", kind: .string, isText: true),
            StoredField(name: "status", kind: .string, isIndexed: true),
            StoredField(name: "dueDate", kind: .date), StoredField(name: "estimate", kind: .decimal),
            StoredField(name: "votes", kind: .integer), StoredField(name: "done", kind: .boolean),
            StoredField(name: "labels", kind: .json), StoredField(name: "page", kind: .url),
            StoredField(name: "assignee", kind: .ref("DemoUser")), StoredField(name: "parent", kind: .ref("DemoTask")),
            StoredField(name: "lost", kind: .ref("DemoGhost")),
        ], collections: [StoredCollection(name: "subtasks", children: "DemoTask")])

    static let user = StoredEntity(
        name: "DemoUser", connector: "demo",
        fields: [
            StoredField(name: "name", kind: .string, isTitle: true),
            StoredField(name: "email", kind: .string, isIndexed: true),
            StoredField(name: "team", kind: .ref("DemoTeam")),
        ], collections: [])

    static let team = StoredEntity(
        name: "DemoTeam", connector: "demo",
        fields: [StoredField(name: "code", kind: .string), StoredField(name: "lead", kind: .ref("DemoUser"))],
        collections: [])
}

extension Vocabulary {
    static let tasks = Vocabulary(entities: [.task, .user, .team], entity: .task)
}

/// The condition that a filter over tasks says; nil when it says nothing.
func condition(_ filter: String) throws(MaxError) -> Condition? {
    let resolver = FilterResolver(vocabulary: .tasks, values: ValueReader(dates: DateReader(now: now)))
    return try TypedText.reading(filter, as: .filterInvalid, resolver.condition)
}

/// What is wrong with a text that `work` reads; nil when nothing is.
func complaint(_ work: () throws -> Void) -> String? {
    do { try work() } catch { return (error as? MaxError)?.message ?? "\(error)" }
    return nil
}

extension Condition {
    /// The condition with every parenthesis that it means.
    var shown: String {
        switch self {
        case .all(let parts): "(" + parts.map(\.shown).joined(separator: " AND ") + ")"
        case .any(let parts): "(" + parts.map(\.shown).joined(separator: " OR ") + ")"
        case .not(let part): "NOT \(part.shown)"
        case .compare(let path, let comparison, let value): "\(path.name) \(comparison.rawValue) \(value.shown)"
        case .oneOf(let path, let values): "\(path.name) IN [\(values.map(\.shown).joined(separator: ", "))]"
        case .contains(let path, let text): "\(path.name) CONTAINS '\(text)'"
        case .startsWith(let path, let text): "\(path.name) STARTS WITH '\(text)'"
        case .isNull(let path): "\(path.name) IS NULL"
        case .match(let path, let terms):
            "\(path.map { $0.name + " " } ?? "")MATCHES [\(terms.map(\.shown).joined(separator: ", "))]"
        }
    }
}

extension QueryValue {
    fileprivate var shown: String {
        switch self {
        case .null: "null"
        case .text(let text): "'\(text)'"
        case .integer(let whole): "\(whole)"
        case .number(let number): "\(number)"
        case .boolean(let flag): "\(flag)"
        }
    }
}

extension MatchTerm {
    var shown: String { text + (isPrefix ? "*" : "") }
}
