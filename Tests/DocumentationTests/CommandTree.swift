import Foundation

/// The commands of `max` with their options, as `max` itself tells them.
struct CommandTree: Decodable, Sendable {
    let commandName: String
    let aliases: [String]?
    let shouldDisplay: Bool?
    let subcommands: [CommandTree]?
    /// The subcommand that is meant where none is named.
    let defaultSubcommand: String?
    let arguments: [Argument]?

    struct Argument: Decodable, Sendable {
        let kind: Kind
        let names: [Name]?

        enum Kind: String, Decodable {
            case positional
            case option
            case flag
        }

        struct Name: Decodable {
            let kind: String
            let name: String

            var spelling: String { kind == "long" ? "--\(name)" : "-\(name)" }
        }

        func isSpelt(_ word: Substring) -> Bool { names?.contains { $0.spelling == word } == true }
    }

    /// Asks the `max` that was built beside these tests.
    static func ofMax() throws -> CommandTree {
        struct Dump: Decodable { let command: CommandTree }
        let json = try output(of: ["--experimental-dump-help"])
        return try JSONDecoder().decode(Dump.self, from: Data(json.utf8)).command
    }

    /// What the `max` that was built beside these tests prints, called where there is no project.
    static func output(of arguments: [String]) throws -> String {
        let output = Pipe()
        let max = Process()
        max.executableURL = Bundle.main.executableURL?.deletingLastPathComponent().appending(path: "max")
        max.currentDirectoryURL = URL(filePath: "/")
        max.arguments = arguments
        max.standardOutput = output
        try max.run()
        let text = try output.fileHandleForReading.readToEnd() ?? Data()
        max.waitUntilExit()
        return String(decoding: text, as: UTF8.self)
    }

    /// Every command below this one with the words that call it, such as `max vault rotate`; one that is meant without
    /// its name is called by the command above it.
    var calls: [String] {
        (subcommands ?? []).filter {
            !["help", defaultSubcommand].contains($0.commandName) && $0.shouldDisplay != false
        }.flatMap { command in
            [command.commandName] + command.calls
        }.map { "\(commandName) \($0)" }
    }

    /// What is wrong with the words of a call after the command's own name; nil when it can be understood.
    func mistake(in words: some Collection<String>) -> String? {
        var rest = words[...]
        var acceptsSubcommand = true
        if let meant = subcommands?.first(where: { $0.commandName == defaultSubcommand }),
            let first = words.first, first != "--help", subcommands?.contains(where: { $0.answers(to: first) }) == false
        {
            return meant.mistake(in: words)
        }
        while let word = rest.popFirst() {
            if word == "--" { return nil }
            if word.hasPrefix("-"), word != "-" {
                guard let argument = option(word) else { return "\(commandName) has no option \(word)" }
                if argument.kind == .option, !word.contains("=") { rest = rest.dropFirst() }
            } else if acceptsSubcommand, let command = subcommands?.first(where: { $0.answers(to: word) }) {
                return command.mistake(in: rest).map { "\(commandName) \($0)" }
            } else if arguments?.contains(where: { $0.kind == .positional }) == true {
                acceptsSubcommand = false
            } else {
                return "\(commandName) takes no “\(word)”"
            }
        }
        return nil
    }

    private func answers(to word: String) -> Bool { commandName == word || aliases?.contains(word) == true }

    private func option(_ word: String) -> Argument? {
        arguments?.first { $0.isSpelt(word.prefix { $0 != "=" }) }
    }
}
