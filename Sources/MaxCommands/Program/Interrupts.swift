internal import Dispatch
internal import Glibc
internal import Synchronization

/// What Ctrl-C and a request to end do to a command that is not at a prompt.
enum Interrupts {
    /// Runs `work` and cancels it when the process is asked to end, so that it can tidy up behind itself.
    ///
    /// - Throws: `CancellationError` then, and what `work` throws else.
    static func cancelling<Result: Sendable>(
        _ work: @escaping @Sendable () async throws -> Result
    ) async throws -> Result {
        try await withSignals { signals in
            try await withThrowingTaskGroup(of: Result?.self) { group in
                group.addTask { try await work() }
                group.addTask {
                    for await _ in signals { throw CancellationError() }
                    return nil
                }
                defer { group.cancelAll() }
                while let result = try await group.next() { if let result { return result } }
                throw CancellationError()
            }
        }
    }

    /// Runs `work` and cancels it when the process is asked to end; what that gives then is the result.
    ///
    /// Asked once more, the process ends at once.
    static func stopping<Result: Sendable>(
        _ work: @escaping @Sendable () async throws -> Result
    ) async throws -> Result {
        try await withSignals(endingOnSecond: true) { signals in
            try await withThrowingTaskGroup(of: Result?.self) { group in
                group.addTask { try await work() }
                group.addTask {
                    for await _ in signals { return nil }
                    return nil
                }
                while let result = try await group.next() {
                    group.cancelAll()
                    if let result { return result }
                }
                throw CancellationError()
            }
        }
    }

    /// Gives `work` the requests to end the process.
    ///
    /// - Parameter endingOnSecond: Whether the process ends at once when it is asked again.
    static func withSignals<Result: Sendable>(
        endingOnSecond: Bool = false, _ work: (AsyncStream<Void>) async throws -> Result
    ) async throws -> Result {
        let (stream, interrupted) = AsyncStream.makeStream(of: Void.self)
        let patience = Patience()
        let sources = [SIGINT, SIGTERM, SIGHUP].map { number in
            signal(number, SIG_IGN)
            let source = DispatchSource.makeSignalSource(signal: number, queue: .global())
            source.setEventHandler {
                if endingOnSecond, patience.isOver { _exit(ExitStatus.cancelled.rawValue) }
                interrupted.yield()
            }
            source.resume()
            return source
        }
        defer { for source in sources { source.cancel() } }
        return try await work(stream)
    }
}

/// Whether somebody asked before.
private final class Patience: Sendable {
    private let wasAsked = Mutex(false)

    /// True from the second asking on.
    var isOver: Bool {
        wasAsked.withLock { wasAsked in
            defer { wasAsked = true }
            return wasAsked
        }
    }
}
