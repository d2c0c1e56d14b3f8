internal import HTTPTypes
internal import NIOCore
internal import NIOHTTPTypes

/// Closes a connection behind the last answer on it: one that says so, one to a request that says so (RFC 9112, 9.6), and
/// one that was given before the request was over, whose rest nobody reads.
///
/// Such an answer says that it is the last one, so that nothing is asked behind it. The client gets a moment to read it: a
/// socket closed with unread bytes in it takes the answer back.
final class ResponseEnding: ChannelDuplexHandler, RemovableChannelHandler {
    typealias InboundIn = HTTPRequestPart
    typealias InboundOut = HTTPRequestPart
    typealias OutboundIn = HTTPResponsePart
    typealias OutboundOut = HTTPResponsePart

    private let linger: TimeAmount
    /// How many requests came whole, less how many were answered.
    private var unanswered = 0
    private var isLastRequest = false
    private var isLast = false
    private var isOver = false

    init(linger: Duration) { self.linger = TimeAmount(linger) }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        guard !isOver else { return }
        switch unwrapInboundIn(data) {
        case .head(let head): isLastRequest = head.headerFields[.connection] == "close"
        case .body: break
        case .end: unanswered += 1
        }
        context.fireChannelRead(data)
    }

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        switch unwrapOutboundIn(data) {
        case .head(var head):
            let isEarly = unanswered <= 0
            isLast = isEarly || (isLastRequest && unanswered == 1) || head.headerFields[.connection] == "close"
            if isLast { head.headerFields[.connection] = "close" }
            context.write(wrapOutboundOut(.head(head)), promise: promise)
        case .body: context.write(data, promise: promise)
        case .end:
            unanswered -= 1
            guard isLast else { return context.write(data, promise: promise) }
            context.writeAndFlush(data, promise: promise)
            end(context)
        }
    }

    private func end(_ context: ChannelHandlerContext) {
        guard !isOver else { return }
        isOver = true
        let channel = context.channel
        channel.close(mode: .output, promise: nil)
        channel.eventLoop.scheduleTask(in: linger) { channel.close(promise: nil) }
    }
}
