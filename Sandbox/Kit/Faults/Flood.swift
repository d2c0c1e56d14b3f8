package import NIOCore

/// What floods have in common: bytes that are sent for as long as somebody takes them.
package enum Flood {
    /// The bytes that a flood comes to in the end; nobody is to take that many.
    package static let length = 10 << 30

    /// Waits, between two writes of a flood, until the connection's event loop is through with the one before.
    ///
    /// A writer is held back only once the loop has seen that a connection is full: until then one that waits for nothing
    /// queues writes faster than a busy loop takes them, and every other connection of that loop waits behind them.
    package static func pause(on channel: any Channel) async throws { try await channel.eventLoop.submit {}.get() }
}
