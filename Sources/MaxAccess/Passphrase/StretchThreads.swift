internal import Foundation

/// The two threads on which passphrases are stretched, so that guesses take neither every core nor all the memory.
final class StretchThreads: Sendable {
    private let queue: OperationQueue

    init(atMost width: Int = 2) {
        queue = OperationQueue()
        queue.maxConcurrentOperationCount = width
    }

    /// Runs work that blocks its thread, in turn.
    func run<Success: Sendable>(_ work: @escaping @Sendable () throws -> Success) async throws -> Success {
        try await withCheckedThrowingContinuation { continuation in
            queue.addOperation { continuation.resume(with: Result(catching: work)) }
        }
    }
}
