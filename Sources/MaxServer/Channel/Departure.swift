internal import NIOCore

/// Tells when a client has sent its last byte or is gone, which a server that is busy answering it would not look for.
///
/// It stands before everything else on the connection: what comes later holds such news back until the answer is sent.
final class Departure: ChannelInboundHandler, RemovableChannelHandler {
    typealias InboundIn = NIOAny

    private let gone: AsyncStream<Void>.Continuation

    init(_ gone: AsyncStream<Void>.Continuation) { self.gone = gone }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        if case .inputClosed? = event as? ChannelEvent { gone.finish() }
        context.fireUserInboundEventTriggered(event)
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
            try? self.pipeline.syncOperations.addHandler(Departure(gone), name: name, position: .first)
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
