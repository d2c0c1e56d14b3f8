internal import Foundation
internal import MaxCore
internal import MaxEngines
internal import MaxHub
internal import MaxSync
internal import MaxTerminal

/// The work of `max sync` and of the first sync of `max connect`: collects from a connection, or watches who does, and
/// shows how it goes.
struct Collecting: Sendable {
    let desk: Desk
    /// Whether nothing but the outcome is told.
    let isQuiet: Bool
    private let sync: SyncService
    private let store: any CollectedRows

    /// Gets ready to collect into the project at hand.
    ///
    /// - Throws: ``MaxCore/MaxError`` with code `project_missing`.
    init(_ desk: Desk, isQuiet: Bool) throws {
        self.desk = desk
        self.isQuiet = isQuiet
        sync = try desk.engines.sync()
        store = try desk.engines.requireStore()
    }

    /// Collects, or watches the sync that is under way already.
    func collect(_ connection: Connection, _ scope: RunScope) async -> SyncOutcome {
        await outcome(of: connection) {
            let run = try await request(connection, scope)
            if run.isUnderWay {
                tellUnderWay(run, scope, connection)
                return try await watch(run)
            }
            do {
                return (try await perform(run), wasLeft: false)
            } catch let error as MaxError where error.code == .runUnderWay {
                return try await watch(run)
            } catch let error as MaxError where error.code == .runEnded {
                return (try await sync.run(run.id), wasLeft: false)
            }
        }
    }

    /// Watches the newest sync, which may be over, and begins none.
    func follow(_ connection: Connection) async -> SyncOutcome {
        await outcome(of: connection) {
            guard let newest = try await sync.runs(of: connection.id, limit: 1).first else {
                throw MaxError(
                    "never_synced", "\(connection.label) was never synced.",
                    fix: "Begin with max sync \(connection.slug).")
            }
            if newest.state.isEnded { return (newest, wasLeft: false) }
            return try await watch(newest)
        }
    }

    /// Asks for a sync and has a process of its own carry it out.
    func detach(_ connection: Connection, _ scope: RunScope) async throws -> Run {
        let run = try await request(connection, scope)
        if run.isUnderWay {
            tellUnderWay(run, scope, connection)
            return run
        }
        let arguments =
            ["sync", connection.id.rawValue, "--json"] + (scope.mode == .everything ? ["--full"] : [])
            + scope.only.sorted().flatMap { ["--only", $0] }
        try DetachedSync(arguments: arguments, environment: desk.program.settings.environment).start()
        return run
    }

    /// Says that a sync is under way already, and when it does less than what is asked for.
    private func tellUnderWay(_ run: Run, _ scope: RunScope, _ connection: Connection) {
        guard !isQuiet else { return }
        let rest = run.scope.covers(scope) ? "" : " It does less than you asked for: ask again when it is over."
        desk.terminal.say("\("\(connection.slug) is being synced already.\(rest)", .dim)")
    }

    /// Asks for a sync of that scope; a wider one that nobody has begun gives way to it.
    private func request(_ connection: Connection, _ scope: RunScope) async throws -> Run {
        let run = try await sync.request(connection.id, scope)
        guard run.state == .requested, run.scope.only != scope.only else { return run }
        _ = try await sync.cancel(run.id)
        return try await sync.request(connection.id, scope)
    }

    private func perform(_ run: Run) async throws -> Run {
        try await show(run) { [sync] scene in
            let ended = try await sync.perform(run.id)
            await scene.end(with: ended)
            return ended
        }
    }

    /// Watches a run that another process works on, until it ends or an interruption comes.
    private func watch(_ run: Run) async throws -> (run: Run, wasLeft: Bool) {
        do {
            let ended = try await show(run) { scene in try await scene.follow() }
            return (ended, wasLeft: false)
        } catch is CancellationError {
            return (try await sync.run(run.id), wasLeft: true)
        }
    }

    /// Shows a run while `work` waits for its end.
    private func show(_ run: Run, while work: @escaping @Sendable (RunScene) async throws -> Run) async throws -> Run {
        let scene = RunScene(run, runs: store, now: desk.program.surroundings.now)
        if isQuiet { return try await Interrupts.stopping { try await work(scene) } }
        guard desk.terminal.isLive else {
            return try await Interrupts.stopping { try await tell(scene, while: work) }
        }
        return try await desk.terminal.live(
            { await scene.picture(isStopping: $0) }, while: { try await work(scene) })
    }

    /// Says on plain lines how a run goes while `work` waits for its end.
    private func tell(
        _ scene: RunScene, while work: @escaping @Sendable (RunScene) async throws -> Run
    ) async throws -> Run {
        let run = try await withThrowingTaskGroup(of: Run?.self) { group in
            group.addTask { try await work(scene) }
            group.addTask {
                while !Task.isCancelled {
                    for line in await scene.news() { desk.terminal.say(line) }
                    try? await Task.sleep(for: .milliseconds(250))
                }
                return nil
            }
            defer { group.cancelAll() }
            while let run = try await group.next() { if let run { return run } }
            throw CancellationError()
        }
        for line in await scene.news() { desk.terminal.say(line) }
        return run
    }

    private func outcome(
        of connection: Connection, _ work: () async throws -> (run: Run, wasLeft: Bool)
    ) async -> SyncOutcome {
        do {
            let (run, wasLeft) = try await work()
            let summary = try await RunSummary.make(run, connection, store)
            return SyncOutcome(connection: connection, result: .success(summary), wasLeft: wasLeft)
        } catch {
            return SyncOutcome(connection: connection, result: .failure(error), wasLeft: false)
        }
    }
}

extension Run {
    /// Whether somebody works on it.
    fileprivate var isUnderWay: Bool { state == .running && !isStalled }
}

extension RunScope {
    /// Whether a run of this scope does all that one of the other would.
    fileprivate func covers(_ other: RunScope) -> Bool {
        (mode == .everything || other.mode == .changes)
            && (only.isEmpty || !other.only.isEmpty && other.only.isSubset(of: only))
    }
}

extension RunSummary {
    /// Gathers what is to be said of a run.
    static func make(_ run: Run, _ connection: Connection, _ store: any CollectedRows) async throws -> RunSummary {
        let tallies = try await store.tallies().filter { $0.connection == connection.id }
        let stored = tallies.reduce(0) { $0 + $1.count }
        var summary = RunSummary(run: run, connection: connection, stored: stored)
        guard let largest = tallies.max(by: { $0.count < $1.count })?.entity else { return summary }
        let words = "\(connection.slug) \(largest)"
        let group = try await store.catalog().first { $0.name == largest }?.fields.first {
            $0.isIndexed && $0.kind == .string && !$0.isTitle
        }
        summary.hints = [
            ("Look at them", "max search \(words) --limit 5"),
            ("Count them", "max count \(words)" + (group.map { " --group-by \($0.name)" } ?? "")),
        ]
        return summary
    }
}
