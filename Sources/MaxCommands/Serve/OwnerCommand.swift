internal import ArgumentParser
internal import MaxAccess
internal import MaxCore
internal import MaxEngines
internal import MaxHub
internal import MaxServer
internal import MaxStore
internal import MaxTerminal

/// `max owner`: who owns the server.
struct OwnerCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "owner", abstract: "See to who owns the server.", subcommands: [OwnerResetCommand.self])
}

/// `max owner reset`: prints a link with which another passphrase is chosen.
struct OwnerResetCommand: Command {
    static let configuration = CommandConfiguration(
        commandName: "reset", abstract: "Print a link with which a new passphrase is chosen.",
        discussion: """
            The passphrase there is stays good until the link is used; then every browser is signed out. Agents and \
            logins stay let in: the page Access ends them.
            """)

    @OptionGroup var output: OutputOptions

    func run(in program: Program) async throws {
        try await program.withDesk { desk in
            try desk.engines.requireStore()
            let running = try desk.project.flatMap { try ServerSeat(folder: $0.privateFolder).address() }
            let settings = try ServerSettings(program.settings.environment)
            let address = running ?? settings.origin(onPort: settings.port).description
            let link = "\(address)/welcome/\(try await desk.access.makeWelcomeLink().text)"
            if output.json { return program.printer.json(Reply(link: link, running: running != nil)) }
            program.printer.line("Open \(link) to choose a passphrase. The link works once, for a day.")
            if running == nil { desk.say("The server does not run: start it with max serve.") }
        }
    }

    private struct Reply: Encodable {
        let link: String
        /// Whether the server runs that the link leads to.
        let running: Bool
    }
}
