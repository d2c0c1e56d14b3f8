internal import Foundation
internal import NIOCore
internal import NIOHTTP1

/// One connection to a double.
final class DoubleHandler: ChannelInboundHandler {
    typealias InboundIn = HTTPServerRequestPart
    typealias OutboundOut = HTTPServerResponsePart

    private let double: ProviderDouble
    private var head: HTTPRequestHead?
    private var body = Data()

    init(_ double: ProviderDouble) { self.double = double }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        switch unwrapInboundIn(data) {
        case .head(let head): (self.head, body) = (head, Data())
        case .body(let part): body.append(contentsOf: part.readableBytesView)
        case .end:
            guard let head else { return }
            Self.send(double.reply(to: DoubleRequest(head, body: body)), to: context.channel)
        }
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) { context.close(promise: nil) }

    private static func send(_ answer: DoubleAnswer, to channel: any Channel) {
        switch answer.kind {
        case .whole(let status, let headers, let body):
            write(.head(head(status, headers + [("Content-Length", "\(body.count)")])), to: channel)
            write(.body(.byteBuffer(ByteBuffer(bytes: body))), to: channel)
            channel.writeAndFlush(HTTPServerResponsePart.end(nil), promise: nil)
        case .late(let answer): channel.eventLoop.scheduleTask(in: .milliseconds(100)) { send(answer, to: channel) }
        case .never: break
        case .endless:
            write(.head(head(200, [("Content-Type", "application/json")])), to: channel)
            write(.body(.byteBuffer(ByteBuffer(string: "["))), to: channel)
            flood(channel, with: ByteBuffer(repeating: UInt8(ascii: " "), count: 1 << 18))
        }
    }

    private static func write(_ part: HTTPServerResponsePart, to channel: any Channel) {
        channel.write(part, promise: nil)
    }

    private static func head(_ status: Int, _ headers: [(name: String, value: String)]) -> HTTPResponseHead {
        HTTPResponseHead(
            version: .http1_1, status: .init(statusCode: status),
            headers: HTTPHeaders(headers.map { ($0.name, $0.value) }))
    }

    /// Sends the same bytes again and again until the other side is gone.
    ///
    /// The event loop looks after its other connections in between: it does so only once nothing is left to do at once.
    private static func flood(_ channel: any Channel, with bytes: ByteBuffer) {
        channel.writeAndFlush(HTTPServerResponsePart.body(.byteBuffer(bytes))).whenSuccess {
            channel.eventLoop.scheduleTask(in: .milliseconds(1)) { flood(channel, with: bytes) }
        }
    }
}
