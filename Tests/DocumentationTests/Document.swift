import Foundation

/// A Markdown file of the repository.
struct Document: Sendable {
    /// The path from the root of the repository.
    let path: String
    let text: String

    static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()

    /// Every document that people are meant to read.
    static let all: [Document] = {
        let fixed = ["README.md", "ARCHITECTURE.md", "CONTRIBUTING.md", "SECURITY.md", "CHANGELOG.md"]
        let folders = ["Documentation", "Connectors", "Sandbox", "demo"]
        return (fixed + folders.flatMap { files(under: $0) }).compactMap { path in
            read(path).map { Document(path: path, text: $0) }
        }
    }()

    /// The text of a file of the repository; nil when there is none.
    static func read(_ path: String) -> String? {
        try? String(contentsOf: root.appending(path: path), encoding: .utf8)
    }

    /// The files with that ending below a folder, by their paths from the root.
    static func files(under folder: String, ending: String = ".md") -> [String] {
        let found = FileManager.default.enumerator(atPath: root.appending(path: folder).path())
        return (found?.compactMap { $0 as? String } ?? []).filter { $0.hasSuffix(ending) }
            .map { "\(folder)/\($0)" }.sorted()
    }

    /// Whether it tells of the past or of plans, so that what it names in passing need not exist.
    var isHistory: Bool { path == "CHANGELOG.md" || path.contains("/Decisions/") }
}

extension Document {
    /// The targets of its links to other files, without their fragments.
    var fileLinks: [String] {
        prose.matches(of: #/\]\(<?([^)\s>]+)>?[^)]*\)/#).map { String($0.1) }
            .filter { $0.firstMatch(of: #/^[a-z]+:/#) == nil && !$0.hasPrefix("#") }
            .map { String($0.prefix { $0 != "#" }) }
    }

    /// The command lines it shows: those after `$ ` or in a shell block, and those in back quotes.
    var commandLines: [String] {
        isHistory ? shownCommands : shownCommands + quotedCommands
    }

    private var shownCommands: [String] {
        blocks.flatMap { block in
            let isScript = ["sh", "bash", "shell"].contains(block.language)
            let joined = block.text.replacing(#/\\\n\s*(?:>\s)?/#, with: " ")
            return joined.split(separator: "\n").compactMap { line in
                let line = line.trimmingCharacters(in: .whitespaces)
                if line.hasPrefix("$ ") { return String(line.dropFirst(2)) }
                return isScript ? line : nil
            }
        }
    }

    private var quotedCommands: [String] {
        prose.matches(of: #/`((?:(?:\.\.?\/)?max|make) [^`]+)`/#).map { String($0.1).replacing("\n", with: " ") }
    }

    /// The fenced blocks.
    private var blocks: [(language: String, text: String)] {
        text.matches(of: Self.fence).map { (String($0.1), String($0.2)) }
    }

    /// All but the fenced blocks.
    private var prose: String { text.replacing(Self.fence, with: "") }

    private static var fence: Regex<(Substring, Substring, Substring)> {
        #/(?ms)^ *```(\w*)[^\n]*\n(.*?)^ *```/#
    }
}
