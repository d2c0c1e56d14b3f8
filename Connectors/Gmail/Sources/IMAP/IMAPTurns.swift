import Synchronization

/// The order in which callers speak to one server, each at one of its places.
final class IMAPTurns: Sendable {
    private let places: Int
    private let state = Mutex(State())

    private typealias Continuation = CheckedContinuation<Void, any Error>

    private struct State {
        var taken = 0
        var wereAbandoned = false
        var lastTicket: UInt64 = 0
        var queue: [(ticket: UInt64, continuation: Continuation)] = []
    }

    /// Creates the turns of callers of whom that many speak at once.
    init(places: Int = 1) { self.places = places }

    /// Whether somebody left in the middle of an answer, after which nobody can speak any more.
    var wereAbandoned: Bool { state.withLock(\.wereAbandoned) }

    /// Whether somebody has a turn.
    var areTaken: Bool { state.withLock { $0.taken > 0 } }

    /// Waits for a turn.
    ///
    /// - Throws: `CancellationError` when the caller is cancelled before it has one.
    func take() async throws {
        let ticket = state.withLock { state in
            state.lastTicket += 1
            return state.lastTicket
        }
        try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { enter(ticket, $0) }
        } onCancel: {
            leave(ticket)?.resume(throwing: CancellationError())
        }
    }

    private func enter(_ ticket: UInt64, _ continuation: Continuation) {
        let outcome: Result<Void, any Error>? = state.withLock { state in
            // Who is cancelled from here on is found in the queue.
            if Task.isCancelled { return .failure(CancellationError()) }
            guard state.taken == places else {
                state.taken += 1
                return .success(())
            }
            state.queue.append((ticket, continuation))
            return nil
        }
        if let outcome { continuation.resume(with: outcome) }
    }

    private func leave(_ ticket: UInt64) -> Continuation? {
        state.withLock { state in
            state.queue.firstIndex { $0.ticket == ticket }.map { state.queue.remove(at: $0).continuation }
        }
    }

    /// Gives the turn to the next.
    func give() {
        let next: Continuation? = state.withLock { state in
            guard state.queue.isEmpty else { return state.queue.removeFirst().continuation }
            state.taken -= 1
            return nil
        }
        next?.resume()
    }

    /// Gives the turn back in the middle of an answer.
    func abandon() {
        state.withLock { $0.wereAbandoned = true }
        give()
    }
}
