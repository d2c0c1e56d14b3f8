import Synchronization

/// The order in which callers speak to one server.
final class IMAPTurns: Sendable {
    private let state = Mutex(State())

    private struct State {
        var isTaken = false
        var wereAbandoned = false
        var queue: [CheckedContinuation<Void, Never>] = []
    }

    /// Whether somebody left in the middle of an answer, after which nobody can speak any more.
    var wereAbandoned: Bool { state.withLock(\.wereAbandoned) }

    /// Whether somebody has the turn.
    var areTaken: Bool { state.withLock(\.isTaken) }

    /// Waits for a turn.
    func take() async {
        await withCheckedContinuation { continuation in
            let isFree = state.withLock { state in
                defer { state.isTaken = true }
                if state.isTaken { state.queue.append(continuation) }
                return !state.isTaken
            }
            if isFree { continuation.resume() }
        }
    }

    /// Gives the turn to the next.
    func give() {
        let next: CheckedContinuation<Void, Never>? = state.withLock { state in
            guard state.queue.isEmpty else { return state.queue.removeFirst() }
            state.isTaken = false
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
