internal import MaxConnector
internal import MaxCore
internal import Synchronization

/// The gate before a connection's calls: it keeps each operation's concurrency and rate, waits when the provider asks
/// for that, lets nobody pass once a credential was refused, and counts what passes.
final class OperationGate: Sendable {
    private let state: Mutex<GateState>
    private let ledger: CallLedger
    private let connector: String

    /// Creates a gate.
    ///
    /// - Parameters:
    ///   - stopsAfterRefusal: Whether the refusal of a credential is the end of all calls.
    ///   - patience: The longest wait that the provider may ask for without the calls failing at once.
    init(connector: String, ledger: CallLedger, stopsAfterRefusal: Bool = false, patience: Duration = .seconds(30)) {
        self.connector = connector
        self.ledger = ledger
        state = Mutex(GateState(stopsAfterRefusal: stopsAfterRefusal, patience: patience))
    }

    /// Runs `call` when the operation's limits let it begin.
    ///
    /// - Throws: `CancellationError` when the caller is cancelled while it waits; the ``MaxCore/Problem`` of another call
    ///   that is this one's too; what `call` throws.
    func pass<Result: Sendable>(
        _ operation: UpstreamOperation, _ call: @Sendable () async throws -> Result
    ) async throws -> Result {
        let place = try await take(operation)
        do {
            let result = try await call()
            place.leave()
            return result
        } catch {
            place.leave(because: error as? Problem)
            throw error
        }
    }

    /// Runs `call`, which is let in already, as one of the operation's.
    ///
    /// - Throws: The ``MaxCore/Problem`` after which nobody may call any more; what `call` throws.
    func counting<Result: Sendable>(
        _ operation: UpstreamOperation, _ call: @Sendable () async throws -> Result
    ) async throws -> Result {
        if let refusal = state.withLock({ $0.refusal }) { throw refusal }
        ledger.begin(connector, operation)
        defer { ledger.end(connector, operation) }
        return try await call()
    }

    /// Takes a place when the operation's limits let a call begin, for as long as the place is kept.
    ///
    /// - Throws: `CancellationError` when the caller is cancelled while it waits; the ``MaxCore/Problem`` of another call
    ///   that is this one's too.
    func take(_ operation: UpstreamOperation) async throws -> GatePlace {
        try await enter(operation)
        do { try await waitForTurn(operation) } catch {
            leave(operation)
            throw error
        }
        ledger.begin(connector, operation)
        return GatePlace(of: operation, at: self)
    }

    /// Counts one exchange more of a call that keeps its place for many.
    ///
    /// - Throws: The ``MaxCore/Problem`` after which nobody may call any more.
    func countExchange(_ operation: UpstreamOperation) throws {
        if let refusal = state.withLock({ $0.refusal }) { throw refusal }
        ledger.begin(connector, operation)
        ledger.end(connector, operation)
    }

    /// Ends a call, and draws the conclusions for others from what it came to.
    fileprivate func end(_ operation: UpstreamOperation, because problem: Problem?) {
        if let problem { heed(problem, of: operation) }
        ledger.end(connector, operation)
        leave(operation)
    }

    private func enter(_ operation: UpstreamOperation) async throws {
        try Task.checkCancellation()
        guard let ticket = try state.withLock({ try $0.enter(operation) }) else { return }
        try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                switch state.withLock({ $0.enter(operation, holding: ticket, continuation) }) {
                case .inside: continuation.resume()
                case .refused(let error): continuation.resume(throwing: error)
                case .waiting: break
                }
            }
        } onCancel: {
            let waiting = state.withLock { $0.abandon(ticket, of: operation) }
            waiting?.resume(throwing: CancellationError())
        }
    }

    private func leave(_ operation: UpstreamOperation) { state.withLock { $0.freePlace(of: operation) }?.resume() }

    /// Waits until the call may begin, and looks every second whether it still may at all.
    private func waitForTurn(_ operation: UpstreamOperation) async throws {
        var turn: ContinuousClock.Instant?
        while let moment = try state.withLock({ try $0.obstacle(before: operation, turn: &turn) }) {
            try await Task.sleep(until: min(moment, .now + .seconds(1)), clock: .continuous)
        }
    }

    /// Draws the conclusions for other calls from one that failed.
    private func heed(_ problem: Problem, of operation: UpstreamOperation) {
        let dismissed = state.withLock { $0.heed(problem, of: operation) }
        for continuation in dismissed { continuation.resume(throwing: problem) }
    }
}

/// A place inside a gate; it is free again when it is left or let go of.
final class GatePlace: Sendable {
    let operation: UpstreamOperation
    private let gate: OperationGate
    private let isLeft = Mutex(false)

    fileprivate init(of operation: UpstreamOperation, at gate: OperationGate) {
        self.operation = operation
        self.gate = gate
    }

    deinit { leave() }

    /// Counts one exchange more.
    ///
    /// - Throws: The ``MaxCore/Problem`` after which nobody may call any more.
    func countExchange() throws { try gate.countExchange(operation) }

    /// Leaves the place, unless that was done.
    func leave(because problem: Problem? = nil) {
        if !isLeft.exchange(true) { gate.end(operation, because: problem) }
    }
}
