internal import Foundation
internal import MaxCore
internal import NIOCore
internal import NIOTLS

/// The end of a line at which bytes arrive and wait to be read.
///
/// While more wait than a reader will miss, nothing is taken from the socket. It lives on its channel's event loop.
final class LineInlet: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer

    /// How many bytes may wait before reading pauses.
    static let capacity = 512 << 10

    private let silence: TimeAmount
    private var waiting: ByteBuffer?
    private var reader: EventLoopPromise<Data?>?
    private var timer: Scheduled<Void>?
    private var fault: LineFault?
    private var isSealed = false
    private var isPaused = false

    init(silence: Duration) { self.silence = TimeAmount(silence) }

    /// Waits for bytes and takes all there are; nil at the end.
    func read(on channel: any Channel) -> EventLoopFuture<Data?> {
        if waiting != nil {
            let bytes = take()
            resume(channel)
            return channel.eventLoop.makeSucceededFuture(bytes)
        }
        if let fault { return answer(fault, on: channel.eventLoop) }
        let promise = channel.eventLoop.makePromise(of: Data?.self)
        reader?.fail(LineFault.twoReaders)
        reader = promise
        timer = channel.eventLoop.assumeIsolated().scheduleTask(in: silence) { self.end(.silent) }
        return promise.futureResult
    }

    /// Takes nothing from now on that comes before TLS stands.
    ///
    /// - Throws: ``LineFault/injected`` when bytes have come already.
    func seal() throws {
        if waiting != nil { end(.injected) }
        if let fault { throw fault }
        isSealed = true
    }

    /// Ends the line for whoever reads it; bytes that came are still handed out, unless they are not to be trusted.
    func end(_ reason: LineFault) {
        fault = fault ?? reason
        if fault == .injected { waiting = nil }
        timer?.cancel()
        guard let reader, let fault else { return }
        self.reader = nil
        if fault == .closed { reader.succeed(nil) } else { reader.fail(fault) }
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        var bytes = unwrapInboundIn(data)
        if isSealed {
            end(.injected)
            return context.close(promise: nil)
        }
        if waiting?.writeBuffer(&bytes) == nil { waiting = bytes }
        if !isPaused, let count = waiting?.readableBytes, count > Self.capacity { pause(context.channel) }
    }

    func channelReadComplete(context: ChannelHandlerContext) {
        guard waiting != nil, let reader else { return }
        self.reader = nil
        timer?.cancel()
        reader.succeed(take())
        resume(context.channel)
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        if case .handshakeCompleted? = event as? TLSUserEvent { isSealed = false }
        context.fireUserInboundEventTriggered(event)
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        end(.broken)
        context.close(promise: nil)
    }

    func channelInactive(context: ChannelHandlerContext) { end(.closed) }

    func handlerRemoved(context: ChannelHandlerContext) { end(.closed) }

    private func take() -> Data? {
        defer { waiting = nil }
        return waiting?.withUnsafeReadableBytes { Data($0) }
    }

    private func answer(_ fault: LineFault, on eventLoop: any EventLoop) -> EventLoopFuture<Data?> {
        fault == .closed ? eventLoop.makeSucceededFuture(nil) : eventLoop.makeFailedFuture(fault)
    }

    private func pause(_ channel: any Channel) {
        isPaused = true
        try? channel.syncOptions?.setOption(.autoRead, value: false)
    }

    private func resume(_ channel: any Channel) {
        guard isPaused else { return }
        isPaused = false
        try? channel.syncOptions?.setOption(.autoRead, value: true)
    }
}

/// Why nothing more comes over a line.
enum LineFault: Error, Sendable, Hashable {
    /// The other side closed it.
    case closed
    /// It broke.
    case broken
    /// Nothing came for too long.
    case silent
    /// Something was sent in the open that was to pass for encrypted.
    case injected
    /// Two callers read at the same time.
    case twoReaders

    /// What is told of it.
    func problem(_ provider: String, _ silence: Duration) -> Problem {
        switch self {
        case .closed, .broken, .twoReaders: .cutOff(provider)
        case .silent: .silent(provider, silence)
        case .injected: .injected(provider)
        }
    }
}

extension Problem {
    /// Somebody put bytes before the handshake that would count after it.
    static func injected(_ provider: String) -> Problem {
        Problem(
            "tls_injected", .permanent,
            "Something was sent in the open before TLS stood, so the line to \(provider) is not trusted.", rung: .tls,
            fix: .action("Use TLS from the beginning; somebody between here and \(provider) may be meddling."))
    }
}
