internal import ArgumentParser
internal import Foundation
internal import MaxConnector
internal import MaxCore
internal import MaxHub
internal import MaxSetup
internal import MaxTerminal
internal import MaxWire

/// `max connect`: sets a connection up, or goes on with a setup that was left.
struct ConnectCommand: Command {
    static let configuration = CommandConfiguration(
        commandName: "connect", abstract: "Connect an account.",
        discussion: """
            Asks what is needed, checks it with the provider, activates the connection, and collects from it for the \
            first time. Without a terminal, and with --json or --yes, nothing is asked: everything that is missing is \
            named at once.
            """)

    @Argument(help: "The connector; without one, choose from a list.")
    var connector: String?
    @Option(help: "The short name of the connection; made from the account unless given.")
    var name: String?
    @Flag(help: "Connect to the connector's sandbox on this machine, which needs no account.")
    var sandbox = false
    @Flag(help: "Go on with the setup that was left.")
    var resume = false
    @Flag(help: "Collect nothing yet.")
    var noSync = false
    @OptionGroup var place: PlaceOption
    @OptionGroup var conversation: ConversationOptions

    func run(in program: Program) async throws {
        let given = try conversation.answers.read(program.settings)
        if !program.isAfar(place) { try await check(given, in: program) }
        let hidden = conversation.answers.secretVariables
        try await program.hiding(hidden).withHub(place, creating: true) { hub in
            try await Connecting(
                program: program.hiding(hidden), hub: hub, conversation: conversation, given: given, syncs: !noSync
            ).connect(connector, name: name, sandbox: sandbox, resume: resume)
        }
    }

    /// Refuses what cannot succeed before a project is made for it.
    private func check(_ given: [String: GivenValue], in program: Program) async throws {
        if let connector {
            try await conversation.answers.requireHiddenSecrets(for: program.registry.connector(connector))
        }
        guard !resume else { return }
        let asks = conversation.asks(on: program.terminal)
        try await program.registry.check(given, for: connector, asks: asks, sandbox: sandbox)
    }
}

/// `max reconnect`: the same flow on the same connection.
struct ReconnectCommand: Command {
    static let configuration = CommandConfiguration(
        commandName: "reconnect", abstract: "Give a connection a new credential.",
        discussion: """
            The connection keeps its settings and its data. The old credential stays in force until the new one is \
            proven; another account is refused.
            """)

    @Argument(help: "The connection: its short name, label or id.")
    var connection: String
    @Flag(help: "Collect nothing yet.")
    var noSync = false
    @OptionGroup var place: PlaceOption
    @OptionGroup var conversation: ConversationOptions

    func run(in program: Program) async throws {
        let given = try conversation.answers.read(program.settings)
        let program = program.hiding(conversation.answers.secretVariables)
        try await program.withHub(place) { hub in
            try await Connecting(
                program: program, hub: hub, conversation: conversation, given: given, syncs: !noSync
            ).reconnect(hub.connection(named: connection))
        }
    }
}
