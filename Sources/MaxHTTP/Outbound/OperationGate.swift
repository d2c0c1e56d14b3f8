internal import MaxConnector
internal import Synchronization

/// The gate before a connection's calls: it keeps each operation's concurrency and rate and counts what passes.
final class OperationGate: Sendable {
    private let lanes = Mutex<[String: OperationLane]>([:])
    private let ledger: CallLedger
    private let connector: String

    init(connector: String, ledger: CallLedger) {
        self.connector = connector
        self.ledger = ledger
    }

    /// Runs `call` when the operation's limits let it begin.
    ///
    /// - Throws: `CancellationError` when the caller is cancelled while it waits; what `call` throws.
    func pass<Result: Sendable>(
        _ operation: UpstreamOperation, _ call: @Sendable () async throws -> Result
    ) async throws -> Result {
        try await enter(operation)
        defer { leave(operation) }
        if let turn = lanes.withLock({
            $0[operation.name, default: OperationLane()].reserveTurn(perSecond: operation.perSecond)
        }) {
            try await Task.sleep(until: turn, clock: .continuous)
        }
        ledger.begin(connector, operation)
        defer { ledger.end(connector, operation) }
        return try await call()
    }

    private func enter(_ operation: UpstreamOperation) async throws {
        let ticket = lanes.withLock { $0[operation.name, default: OperationLane()].drawTicket() }
        try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                let entry: OperationLane.Entry = lanes.withLock { lanes in
                    guard !Task.isCancelled else { return .refused }
                    return lanes[operation.name, default: OperationLane()].admit(ticket, continuation, of: operation)
                }
                switch entry {
                case .inside: continuation.resume()
                case .refused: continuation.resume(throwing: CancellationError())
                case .waiting: break
                }
            }
        } onCancel: {
            let waiting = lanes.withLock { $0[operation.name]?.abandon(ticket) }
            waiting?.resume(throwing: CancellationError())
        }
    }

    private func leave(_ operation: UpstreamOperation) {
        lanes.withLock { $0[operation.name, default: OperationLane()].freePlace() }?.resume()
    }
}
