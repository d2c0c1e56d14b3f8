/// What happens during a session, in order.
struct TerminalEvents: Sendable {
    let stream: AsyncStream<TerminalEvent>
    let continuation: AsyncStream<TerminalEvent>.Continuation

    /// Adds an event of the prompt's own.
    func post(_ event: TerminalEvent) {
        continuation.yield(event)
    }

    /// Waits for the next event; a cancelled task is as good as Ctrl-C.
    func next() async throws(TerminalError) -> TerminalEvent {
        var iterator = stream.makeAsyncIterator()
        switch await iterator.next() {
        case .interrupted, nil: throw .cancelled
        case .closed: throw .endOfInput
        case .some(let event): return event
        }
    }

    /// The keys that nobody waited for; call after the stream has ended.
    func remainingKeys() async -> [Key] {
        var keys: [Key] = []
        for await case .key(let key) in stream { keys.append(key) }
        return keys
    }
}
