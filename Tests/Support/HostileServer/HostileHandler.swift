internal import NIOCore
internal import NIOPosix

/// The side of one connection that follows the script.
final class HostileHandler: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    private let script: HostileServer.Script
    private let log: RequestLog
    private var received = ""

    init(_ script: HostileServer.Script, _ log: RequestLog) {
        self.script = script
        self.log = log
    }

    func channelActive(context: ChannelHandlerContext) {
        log.countConnection()
        Self.play(script.onConnect[...], on: context.channel)
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        received += String(buffer: unwrapInboundIn(data))
        while let head = takeHead() {
            Self.play(script.onRequest(head, log.add(head))[...], on: context.channel)
        }
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) { context.close(promise: nil) }

    /// Takes the next request's head; what stands between two heads belongs to the earlier one's body.
    private func takeHead() -> String? {
        guard let end = received.firstRange(of: "\r\n\r\n") else { return nil }
        let head = String(received[..<end.lowerBound])
        received = String(received[end.upperBound...])
        return head
    }

    private static func play(_ moves: ArraySlice<HostileMove>, on channel: any Channel) {
        guard let move = moves.first, channel.isActive else { return }
        let rest = moves.dropFirst()
        switch move {
        case .send(let bytes): send(bytes[...], then: rest, on: channel)
        case .flood(let bytes): send(bytes[...], then: moves, on: channel, after: 1)
        case .drip(let bytes, let pause):
            let turned = Array(bytes.dropFirst()) + bytes.prefix(1)
            send(bytes.prefix(1), then: [.drip(turned, milliseconds: pause)], on: channel, after: pause)
        case .hang: break
        case .close: channel.close(promise: nil)
        case .reset: reset(channel)
        }
    }

    /// Sends bytes and goes on with the script once they are gone and a pause in milliseconds is over.
    private static func send(
        _ bytes: ArraySlice<UInt8>, then moves: ArraySlice<HostileMove>, on channel: any Channel, after pause: Int64 = 0
    ) {
        channel.writeAndFlush(ByteBuffer(bytes: bytes)).whenSuccess {
            channel.eventLoop.scheduleTask(in: .milliseconds(pause)) { play(moves, on: channel) }
        }
    }

    /// Closes so that the kernel sends a reset: with a linger time of zero (socket(7)).
    private static func reset(_ channel: any Channel) {
        (channel as? any SocketOptionProvider)?.setSoLinger(linger(l_onoff: 1, l_linger: 0))
            .whenComplete { _ in channel.close(promise: nil) }
    }
}
