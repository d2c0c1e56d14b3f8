import Foundation
import MaxCore
import MaxHub
import Synchronization

/// Runs that a test looks at, and that a process may die over.
final class WatchedRuns: RunRows {
    private let rows: any RunRows
    private let state = Mutex(State())

    private struct State {
        var isDead = false
        var deathAt: (write: Int, isAfter: Bool)?
        var writes = 0
        var commits: [[TaskStep]] = []
        var onCommit: (@Sendable ([TaskStep]) async throws -> Void)?
    }

    init(rows: any RunRows) { self.rows = rows }

    /// The steps of every commit so far.
    var commits: [[TaskStep]] { state.withLock { $0.commits } }
    /// How often something was written since the last ``revive()``.
    var writes: Int { state.withLock { $0.writes } }
    /// Runs something before every commit.
    func onCommit(_ hook: (@Sendable ([TaskStep]) async throws -> Void)?) { state.withLock { $0.onCommit = hook } }

    /// Lets the process die at a write, before or after it takes effect: from then on nothing is written any more.
    func die(atWrite write: Int, isAfter: Bool) { state.withLock { $0.deathAt = (write, isAfter) } }

    /// Starts a new process.
    func revive() { state.withLock { ($0.isDead, $0.deathAt, $0.writes) = (false, nil, 0) } }

    /// The end of a process, as the engine sees it.
    struct Death: Error {}

    private func writing<Result: Sendable>(_ write: () async throws -> Result) async throws -> Result {
        let fate = try state.withLock { state in
            if state.isDead { throw Death() }
            state.writes += 1
            guard let deathAt = state.deathAt, deathAt.write == state.writes else { return nil as Bool? }
            state.isDead = true
            return deathAt.isAfter
        }
        if fate == false { throw Death() }
        let result = try await write()
        if fate == true { throw Death() }
        return result
    }

    func run(_ id: RunID) async throws -> Run? { try await rows.run(id) }
    func runs(of connection: ConnectionID?, before later: RunID?, limit: Int) async throws -> [Run] {
        try await rows.runs(of: connection, before: later, limit: limit)
    }
    func standingRuns(of connection: ConnectionID?) async throws -> [ConnectionID: [Run]] {
        try await rows.standingRuns(of: connection)
    }
    func openRuns(limit: Int) async throws -> [Run] { try await rows.openRuns(limit: limit) }
    func request(_ run: RequestedRun) async throws -> Run { try await rows.request(run) }
    func requestCancel(_ id: RunID, at time: Date) async throws -> Run { try await rows.requestCancel(id, at: time) }
    func present<Result: Sendable>(
        as worker: WorkerID, _ work: @Sendable () async throws -> Result
    ) async throws -> Result { try await rows.present(as: worker, work) }
    func take(_ id: RunID, as worker: WorkerID, until: Date, at time: Date) async throws -> TakenRun {
        try await writing { try await rows.take(id, as: worker, until: until, at: time) }
    }
    func renew(_ lease: RunLease) async throws -> Bool { try await rows.renew(lease) }
    func begin(
        _ lease: RunLease, stages: [RunProgress.Stage], spawns: [Spawn], everything: Bool
    ) async throws {
        try await writing { try await rows.begin(lease, stages: stages, spawns: spawns, everything: everything) }
    }
    func tasks(
        of lease: RunLease, excluding: Set<Int64>, holding ways: Set<String>, at time: Date, limit: Int
    ) async throws -> TaskSupply {
        try await rows.tasks(of: lease, excluding: excluding, holding: ways, at: time, limit: limit)
    }
    func commit(_ steps: [TaskStep], under lease: RunLease, at time: Date) async throws -> CommitReceipt {
        let hook = state.withLock { state in
            state.commits.append(steps)
            return state.onCommit
        }
        try await hook?(steps)
        return try await writing { try await rows.commit(steps, under: lease, at: time) }
    }
    func finish(
        _ lease: RunLease, _ state: RunState, _ ending: RunEnding, reconciling: Set<String>, at time: Date
    ) async throws -> Run {
        try await writing {
            try await rows.finish(lease, state, ending, reconciling: reconciling, at: time)
        }
    }
    func failures(of run: RunID, limit: Int) async throws -> [TaskFailure] {
        try await rows.failures(of: run, limit: limit)
    }
}
