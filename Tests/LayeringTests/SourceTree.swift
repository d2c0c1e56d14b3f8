import Foundation

/// The repository as files, found from where this file was compiled.
enum SourceTree {
    static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()

    /// Every Swift file of a module of ours.
    static let files: [SourceFile] = moduleFolders.flatMap { module, folder in
        swiftFiles(under: folder).map { SourceFile(path: $0, module: module, text: text($0)) }
    }

    /// The modules that are connectors, the template of new ones included.
    static let connectors: Set<String> = Set(children(of: "Connectors").map { "\($0)Connector" })
        .union(["SampleConnector"])

    /// The text of a file; empty when there is none.
    static func text(_ path: String) -> String {
        (try? String(contentsOf: root.appending(path: path), encoding: .utf8)) ?? ""
    }

    /// Every Swift file below a folder, by its path from the root, in the order of the alphabet.
    static func swiftFiles(under folder: String) -> [String] {
        let found = FileManager.default.enumerator(atPath: root.appending(path: folder).path())
        return (found?.compactMap { $0 as? String } ?? [])
            .filter { $0.hasSuffix(".swift") && !$0.contains(".build/") }
            .map { "\(folder)/\($0)" }.sorted()
    }

    /// Where each module's files are.
    private static var moduleFolders: [(module: String, folder: String)] {
        children(of: "Sources").map { ($0, "Sources/\($0)") }
            + children(of: "Connectors").map { ("\($0)Connector", "Connectors/\($0)/Sources") }
            + children(of: "Sandbox").map { ($0 == "Kit" ? "SandboxKit" : "\($0)Sandbox", "Sandbox/\($0)") }
            + [("max-benchmarks", "Benchmarks"), ("SampleConnector", "Scripts/connector-template/Sources")]
    }

    private static func children(of folder: String) -> [String] {
        let names = try? FileManager.default.contentsOfDirectory(atPath: root.appending(path: folder).path())
        return (names ?? []).filter { !$0.hasPrefix(".") }.sorted()
    }
}

/// One Swift file.
struct SourceFile: Sendable {
    /// The path from the root of the repository.
    let path: String
    let module: String
    let lines: [String]
    /// The lines without their comments.
    let code: [String]

    init(path: String, module: String, text: String) {
        self.path = path
        self.module = module
        lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        code = lines.map(\.withoutComment)
    }

    /// The modules it imports, each once.
    var imports: Set<String> {
        let line =
            #/
            \s* (?: @\w+ (?: \( \w+ \) )? \s+ )* (?: \w+ \s+ )?
            import \s+ (?: (?: struct|class|enum|protocol|func|var|let|typealias ) \s+ )? (\w+) .*
            /#
        return Set(code.filter { $0.contains("import ") }.compactMap { $0.wholeMatch(of: line).map { String($0.1) } })
    }

    /// The lines in which a pattern is found, as `path:line`.
    func places(of pattern: some RegexComponent, in lines: [String]) -> [String] {
        zip(1..., lines).filter { $1.contains(pattern) }.map { "\(path):\($0.0)" }
    }
}

extension String {
    /// All before `//`, unless that is part of an address.
    fileprivate var withoutComment: String {
        guard contains("//"), let comment = firstMatch(of: #/(?:^|[^:])(\/\/)/#) else { return self }
        return String(self[..<comment.1.startIndex])
    }
}
