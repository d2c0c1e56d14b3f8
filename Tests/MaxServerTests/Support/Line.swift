import NIOCore
import NIOPosix

/// A connection on which a test says what it likes.
struct Line: Sendable {
    fileprivate let outbound: NIOAsyncChannelOutboundWriter<ByteBuffer>
    fileprivate let channel: any Channel

    /// Runs `body` with a connection to a port of this machine and what comes on it.
    ///
    /// - Parameter greeting: Is on its way the moment the connection stands, however busy the machine is.
    static func to<Result: Sendable>(
        _ port: Int, saying greeting: String = "", _ body: @Sendable (Line, inout Incoming) async throws -> Result
    ) async throws -> Result {
        let channel = try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .channelOption(.allowRemoteHalfClosure, value: true)
            .connect(host: "127.0.0.1", port: port) { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandler(Greeting(ByteBuffer(string: greeting)))
                    return try NIOAsyncChannel<ByteBuffer, ByteBuffer>(wrappingChannelSynchronously: channel)
                }
            }
        return try await channel.executeThenClose { inbound, outbound in
            var incoming = Incoming(inbound.makeAsyncIterator())
            return try await body(Line(outbound: outbound, channel: channel.channel), &incoming)
        }
    }

    /// Sends text as it is.
    func send(_ text: String) async throws { try await outbound.write(ByteBuffer(string: text)) }

    /// Says that nothing more is said.
    func end() { outbound.finish() }

    /// Closes its own direction of the connection, and still listens.
    func closeOutput() async throws { try await channel.close(mode: .output) }

    /// What comes on a connection.
    struct Incoming {
        private var parts: NIOAsyncChannelInboundStream<ByteBuffer>.AsyncIterator
        private(set) var text = ""

        fileprivate init(_ parts: NIOAsyncChannelInboundStream<ByteBuffer>.AsyncIterator) { self.parts = parts }

        /// Reads until something has come; false when the connection ended before.
        mutating func read(until mark: String) async -> Bool {
            while !text.contains(mark) {
                guard let part = try? await parts.next(isolation: #isolation) else { return false }
                text += String(buffer: part)
            }
            return true
        }

        /// Reads until the other side closes.
        mutating func readToEnd() async -> String {
            while let part = try? await parts.next(isolation: #isolation) { text += String(buffer: part) }
            return text
        }
    }
}

extension Line {
    /// Sends text and reads whatever comes until the other side closes.
    static func say(_ text: String, to port: Int) async throws -> String {
        try await Line.to(port, saying: text) { _, incoming in await incoming.readToEnd() }
    }
}

/// Says something as soon as the connection stands.
private final class Greeting: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    private let text: ByteBuffer

    init(_ text: ByteBuffer) { self.text = text }

    func channelActive(context: ChannelHandlerContext) {
        if text.readableBytes > 0 { context.writeAndFlush(wrapOutboundOut(text), promise: nil) }
        context.fireChannelActive()
    }
}
