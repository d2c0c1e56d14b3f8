internal import MaxCore
internal import NIOCore

/// The moment at which a request has to be over.
struct Deadline: Sendable {
    let instant: ContinuousClock.Instant
    /// The whole time there was.
    let total: Duration

    init(after total: Duration) {
        instant = .now + total
        self.total = total
    }

    /// What is left, never less than nothing.
    var remaining: Duration { max(.zero, ContinuousClock.now.duration(to: instant)) }

    /// The smaller of a limit and what is left.
    func capped(_ limit: Duration) -> Duration { min(limit, remaining) }

    /// Runs `work` for no longer than `limit` and no later than the deadline; otherwise cancels it.
    ///
    /// - Throws: `problem` when the time is over first.
    func bound<Result: Sendable>(
        _ limit: Duration? = nil, otherwise problem: Problem, _ work: @escaping @Sendable () async throws -> Result
    ) async throws -> Result {
        let end = ContinuousClock.now + capped(limit ?? total)
        return try await withThrowingTaskGroup(of: Result.self) { group in
            defer { group.cancelAll() }
            group.addTask { try await work() }
            group.addTask {
                try await Task.sleep(until: end, clock: .continuous)
                throw problem
            }
            guard let first = try await group.next() else { throw CancellationError() }
            return first
        }
    }
}

extension TimeAmount {
    /// The same length, at least a millisecond.
    init(_ duration: Duration) {
        let (seconds, attoseconds) = duration.components
        self = .nanoseconds(max(1_000_000, seconds * 1_000_000_000 + attoseconds / 1_000_000_000))
    }
}
