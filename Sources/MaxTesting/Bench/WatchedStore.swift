internal import MaxHub
internal import Synchronization

/// A store that notes what is activated and can fail as a killed process does: at one write, and ever after.
final class WatchedStore: Sendable {
    let base: any SetupRows
    private let crash: PlannedCrash?
    private let notes = Mutex(Notes())

    private struct Notes {
        var writes = 0
        var hasCrashed = false
        var activations: [Activation] = []
    }

    init(_ base: any SetupRows, crash: PlannedCrash? = nil) {
        self.base = base
        self.crash = crash
    }

    /// Whether the planned crash has come.
    var hasCrashed: Bool { notes.withLock { $0.hasCrashed } }
    /// What was activated, the last one last.
    var activations: [Activation] { notes.withLock { $0.activations } }

    func note(_ activation: Activation) { notes.withLock { $0.activations.append(activation) } }

    /// Reads, unless the process is dead.
    func read<Result>(_ work: () async throws -> Result) async throws -> Result {
        if hasCrashed { throw ProcessKilled() }
        return try await work()
    }

    /// Writes, with the crash before or after it when its turn has come.
    func write<Result>(_ work: () async throws -> Result) async throws -> Result {
        let number = notes.withLock { notes in
            notes.writes += 1
            return notes.writes
        }
        try die(at: PlannedCrash(write: number, moment: .before))
        let result = try await read(work)
        try die(at: PlannedCrash(write: number, moment: .after))
        return result
    }

    private func die(at moment: PlannedCrash) throws {
        guard moment == crash else { return }
        notes.withLock { $0.hasCrashed = true }
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
