internal import ArgumentParser
internal import MaxCore
internal import MaxHub
internal import MaxTerminal
internal import MaxWire

/// `max sync`: collects from a connection.
struct SyncCommand: Command {
    static let configuration = CommandConfiguration(
        commandName: "sync", abstract: "Collect what changed; everything, the first time.",
        discussion: """
            A sync that another process works on is shown and not begun twice. Ctrl-C stops it at a safe point, and \
            the next one goes on from there.
            """)

    @Argument(help: "The connection: its short name, label or id.")
    var connection: String?
    @Flag(help: "Every connection, one after the other.")
    var all = false
    @Flag(help: "Read every list from its beginning, which also finds what vanished without a word.")
    var full = false
    @Option(
        help: ArgumentHelp("Collect this entity alone, and what leads to it; may be repeated.", valueName: "entity"))
    var only: [String] = []
    @Flag(help: "Go on in a process of its own.")
    var detach = false
    @Flag(help: "Show the sync that is under way, or how the last one ended, and begin none.")
    var follow = false
    @Flag(help: "Stay, and sync every connection when it is time, as max serve does.")
    var watch = false
    @OptionGroup var place: PlaceOption
    @OptionGroup var output: OutputOptions

    func validate() throws {
        if watch {
            guard connection == nil, !all, !full, !detach, !follow, only.isEmpty, !output.json, place.server == nil
            else {
                throw ValidationError("--watch stands alone: it syncs every connection of the project here.")
            }
            return
        }
        if all == (connection != nil) { throw ValidationError("Name a connection, or give --all.") }
        if follow, all || full || detach || !only.isEmpty {
            throw ValidationError("--follow takes one connection and nothing else: it begins no sync.")
        }
    }

    private var scope: SyncRequestBody {
        let mode = full ? RunScope.Mode.everything : .changes
        return SyncRequestBody(mode: mode.rawValue, only: Set(only).sorted())
    }

    func run(in program: Program) async throws {
        if watch { return try await program.withDesk { try await Watching(desk: $0).run() } }
        let status = try await program.withHub(place) { hub in
            try await hub.requireData()
            let work = Collecting(program: program, hub: hub, isQuiet: output.json)
            let connections = try await connections(hub)
            if detach { return try await leave(connections, work) }
            return await collect(connections, work)
        }
        try status.leave()
    }

    /// The connections that are meant; of all, those that can be collected from.
    private func connections(_ hub: any Hub) async throws -> [ConnectionBody] {
        if let connection { return [try await hub.connection(named: connection)] }
        let active = try await hub.sources().compactMap(\.connection).filter { $0.state == "active" }
        if active.isEmpty {
            throw MaxError(.connectionNotFound, "There is no connection to sync.", fix: "Make one with max connect.")
        }
        return active
    }

    private func collect(_ connections: [ConnectionBody], _ work: Collecting) async -> ExitStatus {
        var outcomes: [SyncOutcome] = []
        for connection in connections {
            if all, !output.json { work.program.terminal.say("\(connection.slug, .strong)") }
            let outcome = follow ? await work.follow(connection) : await work.collect(connection, scope)
            if !output.json { outcome.tell(on: work.program) }
            outcomes.append(outcome)
            if outcome.status == .cancelled { break }
        }
        if output.json { work.program.printer.json(reply(outcomes)) }
        return .of(outcomes.map(\.status))
    }

    private func reply(_ outcomes: [SyncOutcome]) -> Reply {
        let error = outcomes.lazy.compactMap(\.error).first
        let bodies = outcomes.map { Reply.One(connection: $0.connection.slug, sync: $0.body, error: $0.error) }
        return all
            ? Reply(syncs: bodies, error: error)
            : Reply(sync: outcomes.first?.body, error: error, next: outcomes.first?.next)
    }

    private func leave(_ connections: [ConnectionBody], _ work: Collecting) async throws -> ExitStatus {
        var runs: [(connection: ConnectionBody, run: RunBody)] = []
        for connection in connections { runs.append((connection, try await work.detach(connection, scope))) }
        let printer = work.program.printer
        if output.json {
            printer.json(
                all
                    ? Reply(syncs: runs.map { Reply.One(connection: $0.connection.slug, sync: $0.run, error: nil) })
                    : Reply(
                        sync: runs.first?.run, next: runs.first.map { "max sync \($0.connection.slug) --follow" }))
            return .done
        }
        for (connection, run) in runs {
            printer.line("\(connection.slug) is synced in the background, as \(run.short).")
            printer.line("  Watch it with: max sync \(connection.slug) --follow")
            printer.line("  Stop it with: max run cancel \(run.short)")
        }
        return .done
    }

    private struct Reply: Encodable {
        var sync: RunBody?
        var syncs: [One]?
        var error: ProblemBody?
        var next: String?

        /// One of several connections.
        struct One: Encodable {
            let connection: String
            let sync: RunBody?
            let error: ProblemBody?
        }
    }
}
