internal import MaxConnector
internal import MaxCore

/// What a gate knows: its lanes, and the refusal of the credential after which nobody passes.
struct GateState {
    private var lanes: [String: OperationLane] = [:]
    /// The refusal of the credential, after which nobody passes.
    private(set) var refusal: Problem?
    private let stopsAfterRefusal: Bool
    private let patience: Duration

    init(stopsAfterRefusal: Bool, patience: Duration) {
        self.stopsAfterRefusal = stopsAfterRefusal
        self.patience = patience
    }

    /// How a call that asked for a place stands.
    enum Entry {
        case inside
        case waiting
        case refused(any Error)
    }

    /// Takes a place, if one is free.
    ///
    /// - Returns: Nil inside; the number to wait with when there is none.
    mutating func enter(_ operation: UpstreamOperation) throws -> UInt64? {
        try admit(operation)
        return lanes[operation.name, default: OperationLane()].enter(of: operation)
    }

    /// Takes a place that became free meanwhile, or waits for one.
    mutating func enter(
        _ operation: UpstreamOperation, holding ticket: UInt64, _ continuation: OperationLane.Continuation
    ) -> Entry {
        do {
            try Task.checkCancellation()
            try admit(operation)
        } catch {
            return .refused(error)
        }
        return lanes[operation.name, default: OperationLane()].admit(ticket, continuation, of: operation)
    }

    mutating func abandon(_ ticket: UInt64, of operation: UpstreamOperation) -> OperationLane.Continuation? {
        lanes[operation.name]?.abandon(ticket)
    }

    mutating func freePlace(of operation: UpstreamOperation) -> OperationLane.Continuation? {
        lanes[operation.name]?.freePlace()
    }

    /// The moment before which a call inside may not begin; nil when it may.
    mutating func obstacle(
        before operation: UpstreamOperation, turn: inout ContinuousClock.Instant?
    ) throws -> ContinuousClock.Instant? {
        try admit(operation)
        return lanes[operation.name, default: OperationLane()].obstacle(perSecond: operation.perSecond, turn: &turn)
    }

    /// Draws the conclusions for other calls from one that failed.
    ///
    /// - Returns: Those that waited for a place and now get the same problem.
    mutating func heed(_ problem: Problem, of operation: UpstreamOperation) -> [OperationLane.Continuation] {
        if stopsAfterRefusal, problem.kind == .auth, problem.rung == .signIn {
            refusal = refusal ?? problem
            return lanes.keys.flatMap { lanes[$0]?.dismiss() ?? [] }
        }
        guard problem.kind == .retryable, let wait = problem.retryAfter, wait > 0 else { return [] }
        lanes[operation.name]?.pause(for: wait, because: problem)
        return .seconds(wait) > patience ? lanes[operation.name]?.dismiss() ?? [] : []
    }

    private func admit(_ operation: UpstreamOperation) throws {
        if let problem = refusal ?? lanes[operation.name]?.refusal(patience: patience) { throw problem }
    }
}
