public import MaxCore

/// What a step gets from the platform.
public struct SetupContext: Sendable {
    /// The secrets answered so far.
    public let credentials: CredentialProvider
    /// The way to the provider.
    public let upstream: any Upstream
    private let limit: ProofLimit?
    private let tell: @Sendable (RungNews) -> Void

    /// Creates a context.
    public init(credentials: CredentialProvider, upstream: any Upstream) {
        self.init(credentials: credentials, upstream: upstream, limit: nil) { _ in }
    }

    /// Creates a context that tells how far the way to the provider was climbed.
    package init(
        credentials: CredentialProvider, upstream: any Upstream, limit: ProofLimit?,
        tell: @escaping @Sendable (RungNews) -> Void
    ) {
        self.credentials = credentials
        self.upstream = upstream
        self.limit = limit
        self.tell = tell
    }

    /// Climbs a rung: the owner sees it under way, then done or failed.
    ///
    /// The rungs up to ``MaxCore/Rung/signIn`` are told by the platform, for every call that `work` makes.
    ///
    /// - Throws: What `work` throws; a ``MaxCore/Problem`` that names no rung failed on this one.
    public func climb<Result: Sendable>(
        _ rung: Rung, _ work: @escaping @Sendable () async throws -> Result
    ) async throws -> Result {
        tell(.begun(rung))
        do {
            let result = try await work()
            tell(.passed(rung))
            return result
        } catch let problem as Problem {
            let placed = problem.attributed(to: nil, on: rung)
            tell(.failed(placed))
            throw placed
        }
    }

    /// Climbs a rung above the identity: a failure that may pass leaves it unproven, and the setup goes on.
    ///
    /// The owner is told that it was saved and is not proven yet, and why.
    ///
    /// - Returns: Nil when it could not be proven now.
    /// - Throws: What `work` throws where trying again will not help: the rung failed.
    @discardableResult
    public func prove<Result: Sendable>(
        _ rung: Rung, _ work: @escaping @Sendable () async throws -> Result
    ) async throws -> Result? {
        tell(.begun(rung))
        do {
            let result = try await inTime(work)
            tell(.passed(rung))
            return result
        } catch let problem as Problem where problem.kind == .retryable {
            tell(.unproven(problem, on: rung))
            return nil
        } catch let problem as Problem {
            let placed = problem.attributed(to: nil, on: rung)
            tell(.failed(placed))
            throw placed
        }
    }

    private func inTime<Result: Sendable>(
        _ work: @escaping @Sendable () async throws -> Result
    ) async throws -> Result {
        guard let limit else { return try await work() }
        return try await withThrowingTaskGroup(of: Result.self) { group in
            defer { group.cancelAll() }
            group.addTask { try await work() }
            group.addTask {
                try await Task.sleep(until: limit.end, clock: .continuous)
                throw limit.problem
            }
            guard let first = try await group.next() else { throw CancellationError() }
            return first
        }
    }
}

/// When what is only proven has to be over, so that what is known by then counts.
package struct ProofLimit: Sendable {
    let end: ContinuousClock.Instant
    /// Why a rung is not proven that took longer.
    let problem: Problem

    package init(end: ContinuousClock.Instant, problem: Problem) {
        self.end = end
        self.problem = problem
    }
}
