internal import Foundation
internal import MaxHub

/// The rows of runs that can fail as a killed process does: at one write, and ever after.
struct WatchedRuns: RunRows {
    let base: any RunRows
    let pulse: Pulse

    func run(_ id: RunID) async throws -> Run? { try await pulse.read { try await base.run(id) } }

    func runs(of connection: ConnectionID?, before later: RunID?, limit: Int) async throws -> [Run] {
        try await pulse.read { try await base.runs(of: connection, before: later, limit: limit) }
    }

    func standingRuns(of connection: ConnectionID?) async throws -> [ConnectionID: [Run]] {
        try await pulse.read { try await base.standingRuns(of: connection) }
    }

    func openRuns(limit: Int) async throws -> [Run] { try await pulse.read { try await base.openRuns(limit: limit) } }

    func request(_ run: RequestedRun) async throws -> Run { try await pulse.write { try await base.request(run) } }

    func requestCancel(_ id: RunID, at time: Date) async throws -> Run {
        try await pulse.write { try await base.requestCancel(id, at: time) }
    }

    func present<Result: Sendable>(
        as worker: WorkerID, _ work: @Sendable () async throws -> Result
    ) async throws -> Result {
        try await base.present(as: worker, work)
    }

    func take(_ id: RunID, as worker: WorkerID, until: Date, at time: Date) async throws -> TakenRun {
        try await pulse.write { try await base.take(id, as: worker, until: until, at: time) }
    }

    func renew(_ lease: RunLease) async throws -> Bool { try await pulse.read { try await base.renew(lease) } }

    func begin(_ lease: RunLease, stages: [RunProgress.Stage], spawns: [Spawn], everything: Bool) async throws {
        try await pulse.write {
            try await base.begin(lease, stages: stages, spawns: spawns, everything: everything)
        }
    }

    func tasks(
        of lease: RunLease, excluding: Set<Int64>, holding ways: Set<String>, at time: Date, limit: Int
    ) async throws -> TaskSupply {
        try await pulse.read {
            try await base.tasks(of: lease, excluding: excluding, holding: ways, at: time, limit: limit)
        }
    }

    func commit(_ steps: [TaskStep], under lease: RunLease, at time: Date) async throws -> CommitReceipt {
        try await pulse.write { try await base.commit(steps, under: lease, at: time) }
    }

    func finish(
        _ lease: RunLease, _ state: RunState, _ ending: RunEnding, reconciling: Set<String>, at time: Date
    ) async throws -> Run {
        try await pulse.write { try await base.finish(lease, state, ending, reconciling: reconciling, at: time) }
    }

    func failures(of run: RunID, limit: Int) async throws -> [TaskFailure] {
        try await pulse.read { try await base.failures(of: run, limit: limit) }
    }
}
