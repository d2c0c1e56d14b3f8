internal import MaxConnector

/// The calls of one operation that are under way, and those that wait their turn.
struct OperationLane {
    private var running = 0
    private var lastTicket: UInt64 = 0
    private var waiting: [(ticket: UInt64, continuation: Continuation)] = []
    private var nextTurn: ContinuousClock.Instant?

    typealias Continuation = CheckedContinuation<Void, any Error>

    enum Entry {
        case inside
        case waiting
        case refused
    }

    mutating func drawTicket() -> UInt64 {
        lastTicket += 1
        return lastTicket
    }

    mutating func admit(_ ticket: UInt64, _ continuation: Continuation, of operation: UpstreamOperation) -> Entry {
        guard running >= max(1, operation.concurrency) else {
            running += 1
            return .inside
        }
        waiting.append((ticket, continuation))
        return .waiting
    }

    mutating func abandon(_ ticket: UInt64) -> Continuation? {
        waiting.firstIndex { $0.ticket == ticket }.map { waiting.remove(at: $0).continuation }
    }

    /// Gives the place to the one who waited longest, if anybody waits.
    mutating func freePlace() -> Continuation? {
        guard waiting.isEmpty else { return waiting.removeFirst().continuation }
        running -= 1
        return nil
    }

    /// The moment at which the next call may begin; nil for at once.
    mutating func reserveTurn(
        perSecond: Double?, now: ContinuousClock.Instant = .now
    ) -> ContinuousClock.Instant? {
        guard let perSecond, perSecond > 0 else { return nil }
        let turn = max(nextTurn ?? now, now)
        nextTurn = turn + .seconds(1 / perSecond)
        return turn
    }
}
