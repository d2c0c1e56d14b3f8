internal import Foundation
internal import MaxCore
package import MaxHub

extension SQLiteStore {
    package func present<Result: Sendable>(
        as worker: WorkerID, _ work: @Sendable () async throws -> Result
    ) async throws -> Result {
        try await folder.presence(of: worker).standing(work)
    }
}

extension StoreFolder {
    /// The file that is locked for as long as a worker lives.
    fileprivate func presence(of worker: WorkerID) -> LockFile { lock("worker-" + worker.rawValue) }

    /// Whether nobody works on a run that is stored as running: its worker is dead, or silent for longer than its lease.
    ///
    /// - Parameter time: The time; nil to ask for the worker's life only.
    func isAbandoned(_ run: Run, at time: Date?) throws -> Bool {
        guard let lease = run.lease else { return false }
        if let time, lease.until <= time { return true }
        return try !presence(of: lease.worker).isHeld()
    }

    /// Fills in whether anybody still works on each run.
    func observed(_ runs: [Run]) throws -> [Run] {
        try runs.map { run in
            var run = run
            run.isStalled = try isAbandoned(run, at: nil)
            return run
        }
    }
}
