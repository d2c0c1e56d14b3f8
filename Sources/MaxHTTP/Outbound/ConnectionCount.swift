internal import NIOCore
internal import Synchronization

/// The connections of a client that stand.
final class ConnectionCount: Sendable {
    private let channels = Mutex<[ObjectIdentifier: any Channel]>([:])

    /// How many stand; one that the other side has just closed does not.
    var standing: Int { channels.withLock { $0.values.count(where: \.isActive) } }

    /// Counts a connection for as long as it is open.
    func note(_ channel: any Channel) -> EventLoopFuture<Void> {
        let id = ObjectIdentifier(channel)
        channels.withLock { $0[id] = channel }
        channel.closeFuture.whenComplete { _ in self.channels.withLock { $0[id] = nil } }
        return channel.eventLoop.makeSucceededVoidFuture()
    }
}
