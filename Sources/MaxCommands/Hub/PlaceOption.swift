internal import ArgumentParser
internal import MaxCore

/// Where a command is answered.
struct PlaceOption: ParsableArguments {
    @Option(help: ArgumentHelp("Ask this server, to which max login let you in.", valueName: "url"))
    var server: String?
}

extension PlaceOption {
    /// The commands that a server can answer, by their first word.
    private static let answered: Set<String> = [
        "connect", "reconnect", "connectors", "sync", "runs", "run", "search", "get", "count", "schema", "changes",
        "export", "ls", "status", "show", "rename", "schedule", "disconnect", "notices", "replay", "diagnose",
    ]

    /// The commands that speak of a project, which can only be the one on this machine.
    private static let local: Set<String> = [
        "flow", "owner", "guide", "doctor", "vault", "sql", "webhooks", "mail", "backup", "restore",
    ]

    /// Whether a server can answer a command.
    static func suits(_ command: String) -> Bool { answered.contains(String(command.prefix { $0 != " " })) }

    /// The server that a command line names; nil when it names none.
    static func named(in arguments: [String]) -> String? {
        let words = arguments.prefix { $0 != "--" }
        if let joined = words.first(where: { $0.hasPrefix("--server=") }) { return String(joined.dropFirst(9)) }
        return zip(words, words.dropFirst()).first { $0.0 == "--server" }?.1
    }

    /// Whether a command would speak of the project here although a server is meant.
    static func isOnlyHere(_ command: String, serverIsSet: Bool, serverIsNamed: Bool) -> Bool {
        serverIsNamed
            ? MaxCommand.commandNames.contains(command) && !suits(command) : serverIsSet && local.contains(command)
    }
}

extension Program {
    /// Refuses a command that is about this machine where a server is meant.
    ///
    /// - Throws: ``MaxCore/MaxError`` with code `local_only`.
    func requireHere(_ arguments: [String]) throws {
        guard let command = arguments.first else { return }
        let isNamed = PlaceOption.named(in: arguments) != nil
        guard PlaceOption.isOnlyHere(command, serverIsSet: settings.server != nil, serverIsNamed: isNamed) else {
            return
        }
        throw MaxError(
            "local_only", "“max \(command)” is about this machine, and no server can be asked it.",
            fix: isNamed
                ? "Leave out --server, and call it where the project is."
                : "Unset MAX_SERVER, and call it where the project is.")
    }
}
