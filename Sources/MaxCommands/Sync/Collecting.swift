internal import Foundation
internal import MaxCore
internal import MaxEngines
internal import MaxHub
internal import MaxTerminal
internal import MaxWire

/// The work of `max sync` and of the first sync of `max connect`: has a connection collected from, or watches who does, and
/// shows how it goes.
struct Collecting: Sendable {
    let program: Program
    let hub: any Hub
    /// Whether nothing but the outcome is told.
    let isQuiet: Bool

    private var terminal: Terminal { program.terminal }

    /// A sync as it ended, or as it was left.
    private typealias Ending = (run: RunBody, wasLeft: Bool)

    /// Collects, or watches the sync that is under way already.
    func collect(_ connection: ConnectionBody, _ scope: SyncRequestBody) async -> SyncOutcome {
        await outcome(of: connection) {
            let run = try await request(connection, scope)
            guard run.isUnderWay else {
                return try await ending(of: run) { [hub] in try await hub.carryOut(run, see: $0) }
            }
            tellUnderWay(run, scope, connection)
            return try await ending(of: run) { [hub] in try await hub.follow(run, see: $0) }
        }
    }

    /// Watches the newest sync, which may be over, and begins none.
    func follow(_ connection: ConnectionBody) async -> SyncOutcome {
        await outcome(of: connection) {
            guard let newest = try await hub.runs(of: connection, atMost: 1).first else {
                throw MaxError(
                    "never_synced", "\(connection.label) was never synced.",
                    fix: "Begin with max sync \(connection.slug).")
            }
            if newest.standing.isEnded { return (newest, wasLeft: false) }
            return try await ending(of: newest) { [hub] in try await hub.follow(newest, see: $0) }
        }
    }

    /// Asks for a sync and leaves it to others.
    func detach(_ connection: ConnectionBody, _ scope: SyncRequestBody) async throws -> RunBody {
        let run = try await request(connection, scope)
        if run.isUnderWay { tellUnderWay(run, scope, connection) } else { try await hub.leave(run, of: connection) }
        return run
    }

    /// Says that a sync is under way already, and when it does less than what is asked for.
    private func tellUnderWay(_ run: RunBody, _ scope: SyncRequestBody, _ connection: ConnectionBody) {
        guard !isQuiet else { return }
        let rest = run.covers(scope) ? "" : " It does less than you asked for: ask again when it is over."
        terminal.say("\("\(connection.slug) is being synced already.\(rest)", .dim)")
    }

    /// Asks for a sync of that scope; a wider one that nobody has begun gives way to it.
    private func request(_ connection: ConnectionBody, _ scope: SyncRequestBody) async throws -> RunBody {
        let run = try await hub.requestSync(connection, scope)
        guard run.standing == .requested, Set(run.only) != Set(scope.only ?? []) else { return run }
        _ = try await hub.cancelRun(run.id)
        return try await hub.requestSync(connection, scope)
    }

    /// Shows a run until `work` knows its end, or an interruption comes that leaves it to others.
    private func ending(
        of run: RunBody, _ work: @escaping @Sendable (@escaping RunWitness) async throws -> RunBody
    ) async throws -> Ending {
        do {
            return (try await show(run, while: work), wasLeft: false)
        } catch is CancellationError {
            return (try await hub.run(run.id), wasLeft: true)
        }
    }

    private func show(
        _ run: RunBody, while work: @escaping @Sendable (@escaping RunWitness) async throws -> RunBody
    ) async throws -> RunBody {
        let scene = RunScene(run, hub: hub, now: program.surroundings.now)
        let watched: @Sendable () async throws -> RunBody = {
            let ended = try await work { await scene.see($0) }
            await scene.see(ended)
            return ended
        }
        if isQuiet { return try await Interrupts.stopping(watched) }
        guard terminal.isLive else { return try await Interrupts.stopping { try await tell(scene, while: watched) } }
        return try await terminal.live({ await scene.picture(isStopping: $0) }, while: watched)
    }

    /// Says on plain lines how a run goes while `work` waits for its end.
    private func tell(
        _ scene: RunScene, while work: @escaping @Sendable () async throws -> RunBody
    ) async throws -> RunBody {
        let run = try await withThrowingTaskGroup(of: RunBody?.self) { group in
            group.addTask { try await work() }
            group.addTask { [terminal] in
                while !Task.isCancelled {
                    for line in await scene.news() { terminal.say(line) }
                    try? await Task.sleep(for: .milliseconds(250))
                }
                return nil
            }
            defer { group.cancelAll() }
            while let run = try await group.next() { if let run { return run } }
            throw CancellationError()
        }
        for line in await scene.news() { terminal.say(line) }
        return run
    }

    private func outcome(of connection: ConnectionBody, _ work: () async throws -> Ending) async -> SyncOutcome {
        do {
            let (run, wasLeft) = try await work()
            let summary = try await RunSummary.make(run, connection, hub)
            return SyncOutcome(connection: connection, result: .success(summary), wasLeft: wasLeft)
        } catch {
            return SyncOutcome(connection: connection, result: .failure(error), wasLeft: false)
        }
    }
}

extension RunBody {
    /// Whether it does all that one of that scope would.
    fileprivate func covers(_ other: SyncRequestBody) -> Bool {
        let (everything, wanted) = (RunScope.Mode.everything.rawValue, Set(other.only ?? []))
        return (mode == everything || other.mode != everything)
            && (only.isEmpty || !wanted.isEmpty && wanted.isSubset(of: only))
    }
}

extension RunSummary {
    /// Gathers what is to be said of a run.
    static func make(_ run: RunBody, _ connection: ConnectionBody, _ hub: any Hub) async throws -> RunSummary {
        let tallies = try await hub.entities(nil).compactMap { entity in
            entity.connections[connection.slug].map { (entity: entity, count: $0) }
        }
        let stored = tallies.reduce(0) { $0 + $1.count }
        var summary = RunSummary(run: run, connection: connection, stored: stored)
        guard let largest = tallies.max(by: { $0.count < $1.count })?.entity else { return summary }
        let words = "\(connection.slug) \(largest.name)"
        let group = largest.fields.first { $0.indexed && $0.kind == "string" && !$0.title }
        summary.hints = [
            ("Look at them", "max search \(words) --limit 5"),
            ("Count them", "max count \(words)" + (group.map { " --group-by \($0.name)" } ?? "")),
        ]
        return summary
    }
}
