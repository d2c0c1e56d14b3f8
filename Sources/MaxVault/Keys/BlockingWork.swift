internal import Dispatch

/// Work that blocks its thread, kept off the threads that everyone shares.
enum BlockingWork {
    /// Runs `work` on a thread that may wait.
    static func run<Success, Failure>(
        _ work: @escaping @Sendable () throws(Failure) -> Success
    ) async throws(Failure) -> Success where Success: Sendable, Failure: Error {
        typealias Outcome = Result<Success, Failure>
        let result = await withCheckedContinuation { (continuation: CheckedContinuation<Outcome, Never>) in
            DispatchQueue.global().async { continuation.resume(returning: Outcome(catching: work)) }
        }
        return try result.get()
    }
}
