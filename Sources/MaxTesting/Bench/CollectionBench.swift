internal import Foundation
internal import MaxConnector
internal import MaxCore
internal import MaxHub
internal import MaxStore
internal import MaxSync
internal import MaxVault

/// One run of a process that collects at a workplace: the real engines, vault, store and way out, over watched rows.
struct CollectionBench: Sendable {
    let setup: SetupBench
    let records: any RecordRows
    let outbound: WatchedOutbound
    /// The life of the sync engine's process.
    let pulse: Pulse
    private let detour: Detour
    private let service: SyncService

    init(_ trial: Trial, at place: Workplace, _ folder: URL, through outbound: WatchedOutbound, _ terms: Terms) throws {
        let store = try SQLiteStore(folder: folder)
        records = store
        self.outbound = outbound
        let detour = Detour(to: trial.connector)
        self.detour = detour
        setup = SetupBench(trial, at: place, over: store, through: outbound)
        pulse = Pulse(terms.crash)
        service = SyncService(
            registry: ConnectorRegistry([.init(trial.connector.about.name) { detour }]), connections: store,
            runs: WatchedRuns(base: store, pulse: pulse), records: store, schedules: store, keeper: setup.vault,
            upstreams: outbound,
            sandboxes: NoSandboxes(), surroundings: .real, limits: terms.limits)
    }

    /// On which terms a process collects.
    struct Terms: Sendable {
        var limits: SyncLimits
        var crash: PlannedCrash?

        /// Creates terms with less patience than in earnest.
        init(crash: PlannedCrash? = nil) {
            self.crash = crash
            limits = SyncLimits()
            limits.attempts = 3
            limits.backoff = 0.01
            limits.longestBackoff = 0.05
        }
    }
}

// MARK: Syncs

extension CollectionBench {
    /// Collects from a connection, what changed or everything.
    func sync(_ connection: Connection, _ mode: RunScope.Mode = .changes) async throws -> Run {
        let requested = try await service.request(connection.id, RunScope(mode))
        let run = try await service.perform(requested.id)
        setup.evidence.add(run, as: "the sync")
        return run
    }

    /// Collects, and holds the sync to be complete.
    func syncWhole(_ connection: Connection) async throws -> Run {
        let run = try await sync(connection)
        try require(run.state == .complete, expected: "a complete sync", found: run.words)
        return run
    }

    /// Everything that is stored of a connection.
    func snapshot(of connection: Connection) async throws -> Snapshot { try await Snapshot(connection.id, in: records) }
}

// MARK: Faults

extension CollectionBench {
    /// Has the provider misbehave from now on towards the connection.
    ///
    /// - Throws: ``Shortfall`` when the script does not say how.
    func meet(_ fault: ProviderFault, _ connection: Connection) async throws {
        guard let answers = setup.script.faults[fault] else { throw Shortfall(lacking: fault) }
        try await use(answers, for: connection)
    }

    /// Has the provider behave again.
    func recover(_ connection: Connection) async throws {
        detour.leave()
        try await use(setup.script.account, for: connection)
    }

    private func use(_ answers: [String: String], for connection: Connection) async throws {
        let secrets = setup.vault.credentials(of: connection.id, staged: false, purpose: "conformance")
        for (field, text) in answers {
            if setup.script.account[field] != nil {
                try await secrets.set(field, SecretValue(text))
            } else {
                detour.take(field, .string(text))
            }
        }
    }

    /// Replaces the connection's secrets as its owner does, and has the provider behave again.
    func reconnect(_ connection: Connection) async throws {
        detour.leave()
        let owner = setup.owner
        _ = try await setup.requireConnected(owner.go(on: owner.reconnect(connection)))
    }
}

extension Trial {
    /// Runs a process that collects at a workplace on the disk, and ends it.
    func collect<Result>(
        at place: Workplace, on terms: CollectionBench.Terms = .init(), _ work: (CollectionBench) async throws -> Result
    ) async throws -> Result {
        guard let folder = place.folder else { throw Shortfall(expected: "a folder for the store", found: "none") }
        return try await WatchedOutbound.open(script) { outbound in
            try await work(CollectionBench(self, at: place, folder, through: outbound, terms))
        }
    }

    /// Runs a process that has just connected the script's account, at a workplace of its own.
    func collect<Result>(
        on terms: CollectionBench.Terms = .init(), _ work: (CollectionBench, Connection) async throws -> Result
    ) async throws -> Result {
        try await Workplace.onDisk(BenchClock(isRunning: true)) { place in
            try await collect(at: place, on: terms) { bench in try await work(bench, bench.setup.connect()) }
        }
    }
}

extension Run {
    /// What became of it, in a few words.
    var words: String {
        let problem = ending?.problem ?? ending?.missing.first?.problem
        let reason = problem.map { ", because “\($0.sentence ?? $0.code)” (\($0.code), \($0.kind.rawValue))" } ?? ""
        return "one that is \(state.rawValue), with \(progress.records) records\(reason)"
    }
}

extension Shortfall {
    /// The script does not say how the provider is made to misbehave so.
    init(lacking fault: ProviderFault) {
        self.init(expected: "the script to have the fault “\(fault.rawValue)”", found: "none")
    }
}
