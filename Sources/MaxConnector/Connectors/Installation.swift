/// The running object of a connection: its context and its life cycle, nothing about syncing.
public struct Installation<Context: Sendable>: Sendable {
    /// What the connector's loaders work with.
    public let context: Context
    private let onStart: @Sendable () async throws -> Void
    private let onStop: @Sendable () async -> Void
    private let onHealth: @Sendable () async -> InstallationHealth

    /// Creates an inert installation; nothing happens before ``start()``.
    public init(
        context: Context,
        start: @escaping @Sendable () async throws -> Void = {},
        stop: @escaping @Sendable () async -> Void = {},
        health: @escaping @Sendable () async -> InstallationHealth = { .unknown }
    ) {
        self.context = context
        onStart = start
        onStop = stop
        onHealth = health
    }

    /// Starts whatever the connector keeps running.
    public func start() async throws { try await onStart() }
    /// Stops it again.
    public func stop() async { await onStop() }
    /// Says how it is.
    public func health() async -> InstallationHealth { await onHealth() }
}

/// What an installation can say of itself.
public enum InstallationHealth: Sendable, Hashable {
    case healthy
    case unhealthy(String)
    case unknown
}
