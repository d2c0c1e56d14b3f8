internal import MaxConnector
internal import MaxCore

/// The calls of one operation: those under way, those that wait for a place, and until when the provider wants none.
struct OperationLane {
    private var running = 0
    private var lastTicket: UInt64 = 0
    private var waiting: [(ticket: UInt64, continuation: Continuation)] = []
    private var nextTurn: ContinuousClock.Instant?
    private var pause: Pause?

    typealias Continuation = CheckedContinuation<Void, any Error>
    typealias Instant = ContinuousClock.Instant

    /// A time in which the provider wants no calls.
    private struct Pause {
        let end: Instant
        let problem: Problem
    }

    /// Takes a place, if one is free.
    ///
    /// - Returns: Nil inside; the number to wait with when there is none.
    mutating func enter(of operation: UpstreamOperation) -> UInt64? {
        if takePlace(of: operation) { return nil }
        lastTicket += 1
        return lastTicket
    }

    /// Takes a place that became free meanwhile, or waits for one.
    mutating func admit(
        _ ticket: UInt64, _ continuation: Continuation, of operation: UpstreamOperation
    ) -> GateState.Entry {
        if takePlace(of: operation) { return .inside }
        waiting.append((ticket, continuation))
        return .waiting
    }

    private mutating func takePlace(of operation: UpstreamOperation) -> Bool {
        guard running < max(1, operation.concurrency) else { return false }
        running += 1
        return true
    }

    mutating func abandon(_ ticket: UInt64) -> Continuation? {
        waiting.firstIndex { $0.ticket == ticket }.map { waiting.remove(at: $0).continuation }
    }

    /// Sends everybody away who waits for a place.
    mutating func dismiss() -> [Continuation] {
        defer { waiting = [] }
        return waiting.map(\.continuation)
    }

    /// Gives the place to the one who waited longest, if anybody waits.
    mutating func freePlace() -> Continuation? {
        guard waiting.isEmpty else { return waiting.removeFirst().continuation }
        running -= 1
        return nil
    }

    /// Lets no call begin for as long as a problem says, unless it is longer already.
    mutating func pause(for seconds: Double, because problem: Problem, now: Instant = .now) {
        let end = now + .seconds(seconds)
        if pause.map({ $0.end < end }) ?? true { pause = Pause(end: end, problem: problem) }
    }

    /// Why no call may begin for longer than `patience`, with what is left of the wait; nil when there is no such reason.
    func refusal(patience: Duration, now: Instant = .now) -> Problem? {
        guard let pause, now.duration(to: pause.end) > patience else { return nil }
        var problem = pause.problem
        problem.retryAfter = now.duration(to: pause.end).wholeSeconds
        return problem
    }

    /// The moment before which a call inside may not begin; nil when it may.
    ///
    /// - Parameter turn: The call's turn in the operation's rate; taken when there is none, given up during a pause.
    mutating func obstacle(perSecond: Double?, turn: inout Instant?, now: Instant = .now) -> Instant? {
        if let pause, pause.end > now {
            turn = nil
            return pause.end
        }
        pause = nil
        turn = turn ?? reserveTurn(perSecond: perSecond, now: now)
        return turn.flatMap { $0 > now ? $0 : nil }
    }

    private mutating func reserveTurn(perSecond: Double?, now: Instant) -> Instant? {
        guard let perSecond, perSecond > 0 else { return nil }
        let turn = max(nextTurn ?? now, now)
        nextTurn = turn + .seconds(1 / perSecond)
        return turn
    }
}

extension Duration {
    /// The length in seconds, rounded up.
    fileprivate var wholeSeconds: Double {
        let (seconds, attoseconds) = components
        return Double(attoseconds > 0 ? seconds + 1 : seconds)
    }
}
