internal import Foundation
internal import MaxCore
internal import MaxHub

extension SyncService {
    /// Keeps a lease for another while.
    ///
    /// - Returns: Whether somebody asked the run to stop.
    /// - Throws: ``MaxCore/MaxError`` with code `lease_lost`. A store that is only busy is asked again at the next beat.
    func renew(_ lease: RunLease) async throws -> Bool {
        var lease = lease
        lease.until = surroundings.now() + limits.lease
        do { return try await runs.renew(lease) } catch let error as MaxError where error.code != .leaseLost {
            return false
        }
    }

    /// Keeps a lease for as long as `work` takes; when it is lost, `work` is cancelled.
    func holding<Result: Sendable>(
        _ lease: RunLease, _ work: @escaping @Sendable () async throws -> Result
    ) async throws -> Result {
        try await withThrowingTaskGroup(of: Result?.self) { group in
            group.addTask { try await work() }
            group.addTask {
                while true {
                    try await sleep(.seconds(limits.renewal))
                    _ = try await renew(lease)
                }
            }
            defer { group.cancelAll() }
            while let finished = try await group.next() {
                if let finished { return finished }
            }
            throw CancellationError()
        }
    }
}
