internal import NIOCore
internal import SandboxKit

/// One client's line, from the greeting to its end.
struct ServedLine: Sendable {
    private let channel: NIOAsyncChannel<ByteBuffer, ByteBuffer>
    private let house: MailHouse
    private let options: GmailSandboxOptions

    init(
        _ channel: NIOAsyncChannel<ByteBuffer, ByteBuffer>, _ house: MailHouse, _ options: GmailSandboxOptions
    ) {
        (self.channel, self.house, self.options) = (channel, house, options)
    }

    /// Talks until the client leaves; a line that breaks is at its end.
    func serve() async {
        try? await channel.executeThenClose { incoming, outgoing in
            var (reader, conversation) = (CommandReader(), Conversation(house))
            try await outgoing.write(ByteBuffer(bytes: Conversation.greeting))
            for try await bytes in incoming {
                reader.feed(bytes.readableBytesView)
                guard !reader.isFlooded else { return }
                while let event = reader.next() {
                    guard try await answer(event, &conversation, outgoing) else { return }
                }
            }
        }
    }

    /// - Returns: Whether the conversation goes on.
    private func answer(
        _ event: CommandReader.Event, _ conversation: inout Conversation,
        _ outgoing: NIOAsyncChannelOutboundWriter<ByteBuffer>
    ) async throws -> Bool {
        guard case .command(let words) = event else {
            try await outgoing.write(ByteBuffer(string: "+ go ahead\r\n"))
            return true
        }
        let moves = conversation.answer(words)
        let wait = options.latency + (conversation.fault == .slow ? options.slowness : .zero)
        if wait > .zero { try await Task.sleep(for: wait) }
        for move in moves {
            switch move {
            case .send(let bytes): try await outgoing.write(ByteBuffer(bytes: bytes))
            case .close: return false
            case .hang: try await Task.sleep(for: .seconds(3600))
            case .flood(let bytes):
                for _ in 0..<(Flood.length / bytes.count) {
                    try await outgoing.write(ByteBuffer(bytes: bytes))
                    try await Flood.pause(on: channel.channel)
                }
                return false
            }
        }
        return true
    }
}
