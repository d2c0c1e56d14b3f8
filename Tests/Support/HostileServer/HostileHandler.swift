internal import NIOCore
internal import NIOPosix
internal import NIOSSL

/// The side of one connection that follows the script.
final class HostileHandler: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    private let script: HostileServer.Script
    private let log: RequestLog
    private let certificate: String?
    private var received = ""
    private var hasAsked = false

    init(_ script: HostileServer.Script, _ log: RequestLog, certificate: String?) {
        self.script = script
        self.log = log
        self.certificate = certificate
    }

    func channelActive(context: ChannelHandlerContext) {
        log.countConnection()
        play(script.onConnect[...], on: context.channel)
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        received += String(buffer: unwrapInboundIn(data))
        while let head = takeHead() {
            hasAsked = true
            play(script.onRequest(head, log.add(head))[...], on: context.channel)
        }
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        // A connection that only tried whether somebody is there asks nothing.
        if case .inputClosed? = event as? ChannelEvent, hasAsked { log.noteDeparture() }
        context.fireUserInboundEventTriggered(event)
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) { context.close(promise: nil) }

    /// Takes the next request's head; what stands between two heads belongs to the earlier one's body.
    private func takeHead() -> String? {
        guard let end = received.firstRange(of: script.separator) else { return nil }
        let head = String(received[..<end.lowerBound])
        received = String(received[end.upperBound...])
        return head
    }

    private func play(_ moves: ArraySlice<HostileMove>, on channel: any Channel) {
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
        case .startTLS(let bytes):
            channel.writeAndFlush(ByteBuffer(bytes: bytes), promise: nil)
            startTLS(on: channel)
            play(rest, on: channel)
        }
    }

    /// Sends bytes and goes on with the script once they are gone and a pause in milliseconds is over.
    private func send(
        _ bytes: ArraySlice<UInt8>, then moves: ArraySlice<HostileMove>, on channel: any Channel, after pause: Int64 = 0
    ) {
        channel.writeAndFlush(ByteBuffer(bytes: bytes)).assumeIsolated().whenSuccess {
            channel.eventLoop.assumeIsolated().scheduleTask(in: .milliseconds(pause)) {
                self.play(moves, on: channel)
            }
        }
    }

    /// Speaks TLS from here on.
    private func startTLS(on channel: any Channel) {
        guard let certificate, let context = try? HostileServer.tlsContext(certificate) else { return }
        try? channel.pipeline.syncOperations.addHandler(NIOSSLServerHandler(context: context), position: .first)
    }

    /// Closes so that the kernel sends a reset: with a linger time of zero (socket(7)).
    private func reset(_ channel: any Channel) {
        (channel as? any SocketOptionProvider)?.setSoLinger(linger(l_onoff: 1, l_linger: 0))
            .whenComplete { _ in channel.close(promise: nil) }
    }
}
