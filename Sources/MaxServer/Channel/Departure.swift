internal import NIOCore
internal import NIOSSL

/// Tells when a client is gone, which a server that is busy answering it would not look for.
///
/// One that has sent its last byte may still want the answer, or be gone altogether: TCP says the same of both. So it is
/// sent an interim answer (RFC 9110, 15.2), which whoever listens passes over, and which comes back from a socket
/// that is closed. An encrypted connection is only ever closed as a whole.
///
/// It stands before everything else on the connection: what comes later holds such news back until the answer is sent.
final class Departure: ChannelInboundHandler, RemovableChannelHandler {
    typealias InboundIn = NIOAny
    typealias OutboundOut = ByteBuffer

    private let gone: AsyncStream<Void>.Continuation
    private let isEncrypted: Bool

    private static let interim = ByteBuffer(string: "HTTP/1.1 102 Processing\r\n\r\n")

    init(_ gone: AsyncStream<Void>.Continuation, isEncrypted: Bool) {
        (self.gone, self.isEncrypted) = (gone, isEncrypted)
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        if case .inputClosed? = event as? ChannelEvent { knock(context) }
        context.fireUserInboundEventTriggered(event)
    }

    /// Finds out whether anybody is there.
    private func knock(_ context: ChannelHandlerContext) {
        guard !isEncrypted else { return gone.finish() }
        context.writeAndFlush(wrapOutboundOut(Self.interim)).whenFailure { [gone] _ in gone.finish() }
    }

    func channelInactive(context: ChannelHandlerContext) {
        gone.finish()
        context.fireChannelInactive()
    }
}

extension Channel {
    /// Runs `work` while the other side stays, and cancels it when that leaves.
    ///
    /// - Throws: `CancellationError` then; what `work` throws.
    func whileOccupied<Result: Sendable>(
        _ work: @escaping @Sendable () async throws -> Result
    ) async throws -> Result {
        let (departure, gone) = AsyncStream.makeStream(of: Void.self)
        let name = "departure"
        eventLoop.execute {
            guard self.isActive else { return }
            let isEncrypted = (try? self.pipeline.syncOperations.handler(type: NIOSSLHandler.self)) != nil
            try? self.pipeline.syncOperations.addHandler(
                Departure(gone, isEncrypted: isEncrypted), name: name, position: .first)
        }
        defer { pipeline.removeHandler(name: name, promise: nil) }
        return try await withThrowingTaskGroup(of: Result.self) { group in
            defer { group.cancelAll() }
            group.addTask { try await work() }
            group.addTask {
                for await _ in departure {}
                throw CancellationError()
            }
            guard let first = try await group.next() else { throw CancellationError() }
            return first
        }
    }
}
