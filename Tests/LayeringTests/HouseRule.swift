import Testing

/// Something that is not written in this house.
struct HouseRule: Sendable, CustomTestStringConvertible {
    let name: String
    /// A regular expression for a line of code.
    let pattern: String
    /// A line that breaks the rule.
    let example: String
    /// Modules it does not bind, and single files that need what it forbids.
    var exceptions: Set<String> = []

    var testDescription: String { name }

    /// Where the rule is broken, as `path:line`.
    func violations(in files: [SourceFile]) throws -> [String] {
        let pattern = try Regex(pattern)
        return files.filter { !exceptions.contains($0.module) && !exceptions.contains($0.path) }
            .flatMap { $0.places(of: pattern, in: $0.code) }
    }

    static let all: [HouseRule] = [
        HouseRule(
            name: "no unchecked Sendable", pattern: #"@unchecked\s+Sendable"#,
            example: "final class Box: @unchecked Sendable {}"),
        HouseRule(
            name: "no nonisolated(unsafe), but for the record a signal handler reads",
            pattern: #"nonisolated\(unsafe\)"#, example: "nonisolated(unsafe) var count = 0",
            exceptions: ["Sources/MaxTerminal/Session/SignalGuard.swift"]),
        HouseRule(name: "no detached task", pattern: #"Task\.detached"#, example: "Task.detached { await run() }"),
        HouseRule(
            name: "no task that nobody waits for", pattern: #"^\s*(_ = )?Task\s*(\(.*\))?\s*\{"#,
            example: "    Task { await run() }"),
        HouseRule(name: "no try!", pattern: #"\btry!"#, example: "let data = try! load()"),
        HouseRule(name: "no as!", pattern: #"\bas!"#, example: "let text = value as! String"),
        HouseRule(name: "no fatalError", pattern: #"\bfatalError\("#, example: #"    fatalError("cannot be")"#),
        HouseRule(
            name: "public belongs to the SDK",
            pattern: #"^\s*(@\w+(\(.*\))?\s+)*(public|open)\s+[a-z]"#, example: "public struct Row {}",
            exceptions: SourceTree.connectors.union(["MaxCore", "MaxConnector", "MaxTesting"])),
    ]
}
