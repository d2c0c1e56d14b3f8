internal import NIOCore
internal import Synchronization

/// The lines that are open, so that all can be closed.
final class LineShelf: Sendable {
    private let state = Mutex(State())

    private struct State {
        var channels: [ObjectIdentifier: any Channel] = [:]
        var isClosed = false
    }

    /// Takes a line up until it is closed.
    ///
    /// - Throws: `CancellationError` once the shelf is closed; the channel is closed then.
    func add(_ channel: any Channel) throws {
        let key = ObjectIdentifier(channel)
        let isTaken = state.withLock { state in
            if !state.isClosed { state.channels[key] = channel }
            return !state.isClosed
        }
        guard isTaken else {
            channel.close(promise: nil)
            throw CancellationError()
        }
        channel.closeFuture.whenComplete { _ in
            self.state.withLock { $0.channels[key] = nil }
        }
    }

    /// Closes every line and takes no more.
    func close() {
        let channels = state.withLock { state in
            state.isClosed = true
            return state.channels.values
        }
        for channel in channels { channel.close(promise: nil) }
    }
}
