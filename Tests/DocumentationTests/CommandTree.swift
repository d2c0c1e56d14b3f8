import Foundation

/// The commands of `max` with their options, as `max` itself tells them.
struct CommandTree: Decodable, Sendable {
    let commandName: String
    let aliases: [String]?
    let shouldDisplay: Bool?
    let subcommands: [CommandTree]?
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
        let output = Pipe()
        let max = Process()
        max.executableURL = Bundle.main.executableURL?.deletingLastPathComponent().appending(path: "max")
        max.arguments = ["--experimental-dump-help"]
        max.standardOutput = output
        try max.run()
        let json = try output.fileHandleForReading.readToEnd() ?? Data()
        max.waitUntilExit()
        return try JSONDecoder().decode(Dump.self, from: json).command
    }

    /// Every command below this one with the words that call it, such as `max vault rotate`.
    var calls: [String] {
        (subcommands ?? []).filter { $0.commandName != "help" && $0.shouldDisplay != false }.flatMap { command in
            [command.commandName] + command.calls
        }.map { "\(commandName) \($0)" }
    }

    /// What is wrong with the words of a call after the command's own name; nil when it can be understood.
    func mistake(in words: some Collection<String>) -> String? {
        var rest = words[...]
        var acceptsSubcommand = true
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
