import Synchronization

/// Messages on their way from the server, each handed out as it comes.
struct FetchedMessages: AsyncSequence, Sendable {
    typealias Element = FetchedMessage

    let client: IMAPClient
    let ids: UIDSet
    let items: [FetchItem]
    let modSeq: UInt64?

    func makeAsyncIterator() -> Iterator { Iterator(messages: self) }

    /// Messages that have come, and whether they are the last.
    fileprivate struct Batch: Sendable {
        var messages: [FetchedMessage] = []
        var isLast = false
    }

    struct Iterator: AsyncIteratorProtocol {
        private let messages: FetchedMessages
        private var fetching: Fetching?
        private var batch = Batch()
        private var position = 0

        fileprivate init(messages: FetchedMessages) { self.messages = messages }

        mutating func next() async throws -> FetchedMessage? {
            while position == batch.messages.count {
                guard !batch.isLast, !messages.ids.isEmpty else { return nil }
                let fetching: Fetching
                if let known = self.fetching {
                    fetching = known
                } else {
                    fetching = try await messages.client.begin(messages)
                    self.fetching = fetching
                }
                (batch, position) = (try await messages.client.more(of: messages, fetching), 0)
            }
            position += 1
            return batch.messages[position - 1]
        }
    }
}

/// A FETCH command under way; letting go of it before its end ends the line.
private final class Fetching: Sendable {
    let tag: String
    private let turns: IMAPTurns
    private let isOver = Mutex(false)

    init(tag: String, turns: IMAPTurns) {
        self.tag = tag
        self.turns = turns
    }

    deinit {
        if !isOver.withLock(\.self) { turns.abandon() }
    }

    /// Lets others speak.
    func finish() {
        isOver.withLock { $0 = true }
        turns.give()
    }
}

extension IMAPClient {
    /// Sends the command and keeps the turn until its end has come.
    fileprivate func begin(_ messages: FetchedMessages) async throws -> Fetching {
        let terms = messages.modSeq.map { " (CHANGEDSINCE \($0))" } ?? ""
        try await takeTurn()
        do {
            let tag = try await send(IMAPCommand(Self.fetchCommand(messages.ids, messages.items) + terms))
            return Fetching(tag: tag, turns: turns)
        } catch {
            giveTurn()
            throw error
        }
    }

    /// The messages that have come; waits until there is at least one, or the end.
    fileprivate func more(of messages: FetchedMessages, _ fetching: Fetching) async throws -> FetchedMessages.Batch {
        do {
            var batch = FetchedMessages.Batch()
            var others = 0
            while let response = batch.messages.isEmpty ? try await response() : try await responseAtHand() {
                switch response {
                case .data("FETCH", let number, let values):
                    let message = try FetchedMessage(number ?? 0, values)
                    if message.answers(messages.items, of: messages.ids) { batch.messages.append(message) }
                case .done(fetching.tag, let status):
                    guard status.kind == .ok else { throw await refused(status) }
                    batch.isLast = true
                    fetching.finish()
                    return batch
                case .done: throw IMAPFault.garbled
                case .data, .status, .goOn:
                    others += 1
                    guard others <= limits.responses else { throw IMAPFault.tooMuch }
                }
            }
            return batch
        } catch {
            fetching.finish()
            guard let fault = error as? IMAPFault else { throw error }
            throw await fail(refusals.garbled(fault))
        }
    }
}
