internal import Foundation
internal import MaxCore
internal import MaxEngines
internal import MaxHub
internal import MaxTerminal
internal import MaxWire

/// The work of `max connect` and `max reconnect`: begins or takes up a setup, has it answered, and says how it ended.
struct Connecting: Sendable {
    let program: Program
    let hub: any Hub
    let conversation: ConversationOptions
    let given: [String: GivenValue]
    /// Whether the first sync follows.
    let syncs: Bool

    private var terminal: Terminal { program.terminal }
    private var asks: Bool { conversation.asks(on: terminal) }

    func connect(_ name: String?, name slug: String?, sandbox: Bool, resume: Bool) async throws {
        if let left = try await left(connector: name, resume: resume, begunAnew: slug != nil || sandbox) {
            if let setup = left.first, left.count == 1 || !asks { return try await goOn(with: setup) }
            return try await goOn(with: choose(left))
        }
        let connector = try await chosenConnector(name)
        try await hub.check(conversation.answers, given, for: connector.name)
        announce(connector)
        var scene = try await hub.startSetup(connector.name, name: slug)
        if sandbox {
            scene = try await begun(scene) { scene in
                try await Interrupts.cancelling {
                    try await hub.answer(scene, .useSandbox(over: given), report: nil)
                }
            }
        }
        try await finish(scene)
    }

    func reconnect(_ connection: ConnectionBody) async throws {
        let unfinished = try await hub.sources().first { $0.id == connection.id }?.setup
        if let unfinished { return try await goOn(with: unfinished) }
        try await hub.check(conversation.answers, given, for: connection.connector)
        if asks { terminal.say("\("Reconnect \(connection.label)", .strong)") }
        try await finish(hub.startMending(connection))
    }

    /// The setups to go on with: those of the connector asked for when a person asks, or the newest on request.
    private func left(connector: String?, resume: Bool, begunAnew: Bool) async throws -> [SetupBody]? {
        guard resume || (asks && connector != nil && !begunAnew) else { return nil }
        let left = try await hub.setups().filter { setup in
            (connector == nil || setup.connector == connector) && (resume || setup.purpose == "add")
        }
        if left.isEmpty, resume {
            throw MaxError("setup_missing", "There is no unfinished setup.", fix: "Begin one with max connect.")
        }
        return left.isEmpty ? nil : left
    }

    private func goOn(with setup: SetupBody) async throws {
        try await hub.check(conversation.answers, given, for: setup.connector)
        let scene = try await hub.setup(setup.id)
        if asks {
            let age = Phrase.duration(program.surroundings.now().timeIntervalSince(setup.createdAt))
            terminal.say("\("Going on with \(scene.provider)", .strong) \("· begun \(age) ago", .dim)")
        }
        try await finish(scene, isOwn: false)
    }

    private func choose(_ setups: [SetupBody]) async throws -> SetupBody {
        let now = program.surroundings.now()
        let items = setups.map { setup in
            ListPrompt.Item(
                id: setup.id, label: setup.connector,
                detail: "begun \(Phrase.duration(now.timeIntervalSince(setup.createdAt))) ago")
        }
        guard case .value(let picked) = try await terminal.choose(ListPrompt("Go on with", items: items)),
            let setup = setups.first(where: { $0.id == picked.first?.id })
        else { throw CancellationError() }
        return setup
    }

    private func chosenConnector(_ name: String?) async throws -> ConnectorBody {
        if let name { return try await hub.connector(name) }
        let usable = try await hub.connectors().usable
        guard asks else {
            throw MissingAnswers(
                connectors: usable.map { OptionBody(value: $0.name, label: $0.displayName, detail: $0.description) })
        }
        let items = usable.filter { $0.canAdd != "no" }.map { connector in
            ListPrompt.Item(id: connector.name, label: connector.displayName, detail: connector.description)
        }
        guard case .value(let picked) = try await terminal.choose(ListPrompt("Connect", items: items)),
            let chosen = picked.first
        else { throw CancellationError() }
        return try await hub.connector(chosen.id)
    }

    private func announce(_ connector: ConnectorBody) {
        guard asks else { return }
        terminal.say("\("Connect your \(connector.displayName) account", .strong)")
        terminal.tell("\("Collects \(connector.collects.joined(separator: ", ")).", .dim)")
        if !connector.doesNotCollect.isEmpty {
            terminal.tell("\("Leaves alone \(connector.doesNotCollect.joined(separator: ", ")).", .dim)")
        }
    }

    private func begun(
        _ scene: SetupScene, _ work: @Sendable (SetupScene) async throws -> SetupScene
    ) async throws -> SetupScene {
        do { return try await work(scene) } catch {
            await hub.abandon(scene)
            throw error
        }
    }

    private func finish(_ scene: SetupScene, isOwn: Bool = true) async throws {
        let (finished, notices) = try await converse(scene, isOwn: isOwn)
        let connection = try await hub.connection(named: finished.connection.rawValue)
        let isQuiet = conversation.output.json
        if !isQuiet { tell(of: connection, finished, asks ? [] : notices) }
        let outcome =
            syncs
            ? await Collecting(program: program, hub: hub, isQuiet: isQuiet).collect(connection, SyncRequestBody())
            : nil
        if isQuiet {
            program.printer.json(
                Reply(
                    connection: try await hub.connection(named: connection.id), updated: finished.updated,
                    notices: notices, sync: outcome?.body, error: outcome?.error,
                    next: outcome?.next ?? "max sync \(connection.slug)"))
        } else {
            outcome?.tell(on: program)
        }
        try outcome?.status.leave()
    }

    private func tell(of connection: ConnectionBody, _ finished: FinishedView, _ notices: [String]) {
        for notice in notices { terminal.tell("\("!", .warning) \(notice)") }
        let known = connection.identity.map { "Connected as \($0)" } ?? "Connected; the account is not known yet"
        terminal.say("\("✓", .good) \(known, .strong)")
        if let unproven = finished.ladder?.unprovenWords { terminal.tell("\("!", .warning) \(unproven)") }
        if let expiry = finished.expiry { terminal.say("  \(expiry)") }
        let verb = finished.updated ? "is updated and active" : "is active"
        let next =
            syncs
            ? "Collecting now; Ctrl-C stops it, and nothing is lost." : "Next: max sync \(connection.slug)"
        program.say("  \(connection.slug) \(verb). \(next, .dim)")
    }

    private func converse(_ scene: SetupScene, isOwn: Bool) async throws -> (FinishedView, notices: [String]) {
        if asks {
            let interview = Interview(
                terminal: terminal, provider: scene.provider, given: given,
                sandbox: { [hub] in try await hub.sandbox(of: scene.setup.connector) })
            return try await Conversation(hub: hub).hold(from: scene, with: interview, keepingFailures: true)
        }
        let script = Script(
            given: given, allowedHosts: conversation.allowHost, takesSuggestions: conversation.yes,
            say: { [terminal] in terminal.say($0) },
            show: { [program, conversation] in if conversation.output.json { program.printer.json($0) } })
        return try await Interrupts.cancelling {
            try await Conversation(hub: hub).hold(from: scene, with: script, keepingFailures: !isOwn)
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
