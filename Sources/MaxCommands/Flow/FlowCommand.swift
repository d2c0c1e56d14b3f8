internal import ArgumentParser
internal import Foundation
internal import MaxConnector
internal import MaxCore
internal import MaxHub
internal import MaxSetup
internal import MaxWire

/// `max flow`: a setup one step a call, for programs that render it themselves.
struct FlowCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "flow", abstract: "Drive a setup one step a call: state in, question out.",
        discussion: """
            Each call prints one JSON object: the setup with its revision, and the view to render. An answer names \
            the revision it belongs to; the same answer again gets the same reply.
            """,
        subcommands: [
            FlowStartCommand.self, FlowShowCommand.self, FlowAnswerCommand.self, FlowBackCommand.self,
            FlowCancelCommand.self,
        ])
}

/// A setup and its view, as one object.
private struct FlowReply: Encodable {
    let setup: SetupBody
    let view: ViewBody
    /// The connection, once it is active.
    var connection: ConnectionBody?
}

extension Desk {
    /// Prints where a setup stands.
    fileprivate func print(_ reply: SetupReply) async throws {
        var body = FlowReply(setup: SetupBody(reply.session), view: ViewBody(reply.view))
        if case .finished(let finished) = reply.view {
            body.connection = try await rows.connection(finished.connection).map { ConnectionBody($0) }
        }
        printer.json(body)
    }
}

/// The setup a call is about.
struct SetupArgument: ParsableArguments {
    @Argument(help: "The setup's id, from max flow start or max status --json.")
    var setup: String
    // Every reply is JSON; the flag is taken so that scripts can say so everywhere.
    @OptionGroup var output: OutputOptions

    var id: SessionID { SessionID(rawValue: setup) }
}

/// `max flow start`.
struct FlowStartCommand: Command {
    static let configuration = CommandConfiguration(commandName: "start", abstract: "Begin a setup.")

    @Argument(help: "The connector: one of those that max connectors lists.")
    var connector: String
    @Option(help: "The short name of the connection.")
    var name: String?
    @Option(help: "Mend this connection instead of adding one.")
    var reconnect: String?
    @OptionGroup var output: OutputOptions

    func run(in program: Program) async throws {
        try await program.withDesk(creating: true) { desk in
            if let word = reconnect {
                return try await desk.print(desk.setup.reconnect(desk.rows.connection(named: word)))
            }
            try await desk.print(desk.setup.start(connector, name: name))
        }
    }
}

/// `max flow show`.
struct FlowShowCommand: Command {
    static let configuration = CommandConfiguration(commandName: "show", abstract: "Show where a setup stands.")

    @OptionGroup var argument: SetupArgument

    func run(in program: Program) async throws {
        try await program.withDesk { desk in try await desk.print(desk.setup.view(argument.id)) }
    }
}

/// `max flow answer`.
struct FlowAnswerCommand: Command {
    static let configuration = CommandConfiguration(
        commandName: "answer", abstract: "Answer the question at hand.")

    @OptionGroup var argument: SetupArgument
    @Option(help: "The revision the answer belongs to; the current one unless given.")
    var revision: Int?
    @OptionGroup var answers: AnswerOptions
    @Option(help: "Choose this option; repeat it where several may be chosen.")
    var choose: [String] = []
    @Option(help: "Ask for other options of a long list.")
    var search: String?
    @Flag(help: "Let the connector's sandbox fill everything in.")
    var useSandbox = false
    @Flag(help: "Ask the provider again.")
    var retry = false

    func validate() throws {
        let ways = [!choose.isEmpty, search != nil, useSandbox, retry].filter(\.self).count
        if ways > 1 { throw ValidationError("Give one of --choose, --search, --use-sandbox and --retry.") }
    }

    func run(in program: Program) async throws {
        let given = try answers.read(program.settings)
        try await program.hiding(answers.secretVariables).withDesk { desk in
            let current = try await desk.setup.view(argument.id)
            try await answers.requireHiddenSecrets(for: desk.registry.connector(current.session.connector))
            if retry, case .working = current.view {
                return try await desk.print(desk.setup.resume(argument.id))
            }
            let reply = try await desk.setup.answer(
                argument.id, revision: revision ?? current.session.revision, answer(given))
            try await desk.print(reply)
        }
    }

    private func answer(_ given: [String: GivenValue]) -> FlowAnswer {
        if !choose.isEmpty { return .choose(choose) }
        if let search { return .search(search) }
        if useSandbox { return .useSandbox(over: given) }
        return retry ? .retry : .submit(given)
    }
}

/// `max flow back`.
struct FlowBackCommand: Command {
    static let configuration = CommandConfiguration(
        commandName: "back", abstract: "Go back to the question that was answered last.")

    @OptionGroup var argument: SetupArgument
    @Option(help: "The revision to go back from; the current one unless given.")
    var revision: Int?

    func run(in program: Program) async throws {
        try await program.withDesk { desk in
            let current = try await desk.setup.view(argument.id).session.revision
            try await desk.print(desk.setup.back(argument.id, revision: revision ?? current))
        }
    }
}

/// `max flow cancel`.
struct FlowCancelCommand: Command {
    static let configuration = CommandConfiguration(
        commandName: "cancel", abstract: "End a setup without a trace.")

    @OptionGroup var argument: SetupArgument

    func run(in program: Program) async throws {
        try await program.withDesk { desk in
            try await desk.setup.cancel(argument.id)
            desk.printer.json(Reply(cancelled: argument.setup))
        }
    }

    private struct Reply: Encodable {
        let cancelled: String
    }
}
