internal import Foundation
internal import MaxConnector
internal import MaxCore
internal import MaxEngines
internal import MaxHub
internal import MaxSetup
internal import MaxTerminal
internal import MaxWire

/// The work of `max connect` and `max reconnect`: begins or takes up a setup, has it answered, and says how it ended.
struct Connecting: Sendable {
    let desk: Desk
    let conversation: ConversationOptions
    let given: [String: GivenValue]
    /// Whether the first sync follows.
    let syncs: Bool

    private var asks: Bool { conversation.asks(on: desk.terminal) }

    func connect(_ name: String?, name slug: String?, sandbox: Bool, resume: Bool) async throws {
        if let left = try await left(connector: name, resume: resume, begunAnew: slug != nil || sandbox) {
            if let session = left.first, left.count == 1 || !asks { return try await goOn(with: session) }
            return try await goOn(with: choose(left))
        }
        let connector = try await chosenConnector(name)
        if name == nil {
            try await conversation.answers.requireHiddenSecrets(for: connector)
            try await desk.registry.check(given, for: connector.about.name, asks: true, sandbox: sandbox)
        }
        announce(connector)
        var reply = try await desk.setup.start(connector.about.name, name: slug)
        if sandbox {
            reply = try await begun(reply) { reply in
                try await Interrupts.cancelling {
                    try await desk.setup.answer(
                        reply.session.id, revision: reply.session.revision, .useSandbox(over: given))
                }
            }
        }
        try await finish(reply)
    }

    func reconnect(_ connection: Connection) async throws {
        let unfinished = try await desk.setup.unfinished().first { $0.connection == connection.id }
        if let unfinished { return try await goOn(with: unfinished) }
        try await conversation.answers.requireHiddenSecrets(for: desk.registry.connector(connection.connector))
        if asks { desk.terminal.say("\("Reconnect \(connection.label)", .strong)") }
        try await finish(desk.setup.reconnect(connection))
    }

    /// The setups to go on with: those of the connector asked for when a person asks, or the newest on request.
    private func left(connector: String?, resume: Bool, begunAnew: Bool) async throws -> [SetupSession]? {
        guard resume || (asks && connector != nil && !begunAnew) else { return nil }
        let left = try await desk.setup.unfinished().filter { session in
            (connector == nil || session.connector == connector) && (resume || session.purpose == .add)
        }
        if left.isEmpty, resume {
            throw MaxError("setup_missing", "There is no unfinished setup.", fix: "Begin one with max connect.")
        }
        return left.isEmpty ? nil : left
    }

    private func goOn(with session: SetupSession) async throws {
        let connector = try await desk.registry.connector(session.connector)
        try await conversation.answers.requireHiddenSecrets(for: connector)
        if asks {
            let age = Phrase.duration(desk.program.surroundings.now().timeIntervalSince(session.createdAt))
            desk.terminal.say(
                "\("Going on with \(connector.about.displayName)", .strong) \("· begun \(age) ago", .dim)")
        }
        try await finish(desk.setup.view(session.id), isOwn: false)
    }

    private func choose(_ sessions: [SetupSession]) async throws -> SetupSession {
        let now = desk.program.surroundings.now()
        let items = sessions.map { session in
            ListPrompt.Item(
                id: session.id.rawValue, label: session.connector,
                detail: "begun \(Phrase.duration(now.timeIntervalSince(session.createdAt))) ago")
        }
        guard case .value(let picked) = try await desk.terminal.choose(ListPrompt("Go on with", items: items)),
            let session = sessions.first(where: { $0.id.rawValue == picked.first?.id })
        else { throw CancellationError() }
        return session
    }

    private func chosenConnector(_ name: String?) async throws -> any Connector {
        if let name { return try await desk.registry.connector(name) }
        let plans = try await desk.engines.plans().filter { if case .no = $0.canAdd { false } else { true } }
        let items = plans.map { plan in
            ListPrompt.Item(
                id: plan.connector.name, label: plan.connector.displayName, detail: plan.connector.description)
        }
        guard case .value(let picked) = try await desk.terminal.choose(ListPrompt("Connect", items: items)),
            let chosen = picked.first
        else { throw CancellationError() }
        return try await desk.registry.connector(chosen.id)
    }

    private func announce(_ connector: any Connector) {
        guard asks else { return }
        let about = connector.about
        desk.terminal.say("\("Connect your \(about.displayName) account", .strong)")
        desk.terminal.say("\("Collects \(about.collects.joined(separator: ", ")).", .dim)")
        if !about.doesNotCollect.isEmpty {
            desk.terminal.say("\("Leaves alone \(about.doesNotCollect.joined(separator: ", ")).", .dim)")
        }
    }

    private func begun(
        _ reply: SetupReply, _ work: @Sendable (SetupReply) async throws -> SetupReply
    ) async throws -> SetupReply {
        do { return try await work(reply) } catch {
            await desk.setup.abandon(reply.session.id)
            throw error
        }
    }

    private func finish(_ reply: SetupReply, isOwn: Bool = true) async throws {
        let (finished, notices) = try await converse(reply, isOwn: isOwn)
        guard let connection = try await desk.rows.connection(finished.connection) else { return }
        let isQuiet = conversation.output.json
        if !isQuiet { tell(of: connection, updated: finished.updated, asks ? [] : notices) }
        let outcome = syncs ? try await Collecting(desk, isQuiet: isQuiet).collect(connection, RunScope()) : nil
        if isQuiet {
            guard let card = try await desk.engines.card(of: connection) else { return }
            desk.printer.json(
                Reply(
                    connection: card.body, updated: finished.updated, notices: notices, sync: outcome?.body,
                    error: outcome?.error, next: outcome?.next ?? "max sync \(connection.slug)"))
        } else {
            outcome?.tell(on: desk)
        }
        try outcome?.status.leave()
    }

    private func tell(of connection: Connection, updated: Bool, _ notices: [String]) {
        for notice in notices { desk.terminal.say("\("!", .warning) \(notice)") }
        let known = connection.identity.map { "Connected as \($0.label)" } ?? "Connected; the account is not known yet"
        desk.terminal.say("\("✓", .good) \(known, .strong)")
        let verb = updated ? "is updated and active" : "is active"
        let next =
            syncs
            ? "Collecting now; Ctrl-C stops it, and nothing is lost." : "Next: max sync \(connection.slug)"
        desk.say("  \(connection.slug) \(verb). \(next, .dim)")
    }

    private func converse(_ reply: SetupReply, isOwn: Bool) async throws -> (FinishedView, notices: [String]) {
        let setup = desk.setup
        if asks {
            let interview = Interview(
                terminal: desk.terminal, setup: setup, provider: reply.connector.displayName, given: given,
                sandbox: { [desk] in try await desk.engines.sandboxes.endpoint(of: reply.connector.name) })
            return try await Conversation(setup: setup).hold(
                from: reply, with: interview, keepingFailures: true)
        }
        let script = Script(
            given: given, allowedHosts: conversation.allowHost, takesSuggestions: conversation.yes)
        return try await Interrupts.cancelling {
            try await Conversation(setup: setup).hold(
                from: reply, with: script, keepingFailures: !isOwn)
        }
    }

    private struct Reply: Encodable {
        let connection: ConnectionBody
        let updated: Bool
        /// What was done to answers, such as a line break removed.
        let notices: [String]
        /// The sync that followed.
        let sync: RunBody?
        /// Why nothing could be collected.
        let error: ProblemBody?
        /// The command to go on with.
        let next: String
    }
}
