internal import NIOCore
internal import Synchronization

/// The number of a client's connections that stand.
final class ConnectionCount: Sendable {
    private let count = Mutex(0)

    var standing: Int { count.withLock { $0 } }

    /// Counts a connection for as long as it is open.
    func note(_ channel: any Channel) -> EventLoopFuture<Void> {
        count.withLock { $0 += 1 }
        channel.closeFuture.whenComplete { _ in self.count.withLock { $0 -= 1 } }
        return channel.eventLoop.makeSucceededVoidFuture()
    }
}
