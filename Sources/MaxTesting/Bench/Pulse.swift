internal import Synchronization

/// The life of a process, as its stores see it: it counts the writes and ends at the planned one, ever after.
final class Pulse: Sendable {
    private let crash: PlannedCrash?
    private let state = Mutex((writes: 0, hasStopped: false))

    init(_ crash: PlannedCrash? = nil) { self.crash = crash }

    /// Whether the planned crash has come.
    var hasStopped: Bool { state.withLock { $0.hasStopped } }
    /// How many writes there were.
    var writes: Int { state.withLock { $0.writes } }

    /// Reads, unless the process is dead.
    func read<Result>(_ work: () async throws -> Result) async throws -> Result {
        if hasStopped { throw ProcessKilled() }
        return try await work()
    }

    /// Writes, with the crash before or after it when its turn has come.
    func write<Result>(_ work: () async throws -> Result) async throws -> Result {
        let number = state.withLock { state in
            state.writes += 1
            return state.writes
        }
        try stop(at: PlannedCrash(write: number, moment: .before))
        let result = try await read(work)
        try stop(at: PlannedCrash(write: number, moment: .after))
        return result
    }

    private func stop(at moment: PlannedCrash) throws {
        guard moment == crash else { return }
        state.withLock { $0.hasStopped = true }
        throw ProcessKilled()
    }
}

/// The write at which a process is killed.
struct PlannedCrash: Sendable, Hashable {
    /// The number of the write, from 1 on.
    let write: Int
    let moment: Moment

    /// On which side of the write.
    enum Moment: String, Sendable, CaseIterable {
        case before
        case after
    }
}

/// The end of a process, as far as whoever called the store can tell.
struct ProcessKilled: Error {}
