internal import AsyncHTTPClient
internal import NIOCore
internal import NIOHTTPCompression
internal import NIOSSL
internal import Synchronization

/// The HTTP clients, each of which can dial one checked address only.
final class ClientShelf: Sendable {
    private let limits: OutboundLimits
    private let tls: TLSConfiguration
    private let state: Mutex<State>

    init(limits: OutboundLimits, tls: TLSConfiguration) {
        self.limits = limits
        self.tls = tls
        state = Mutex(State(nextRound: .now + limits.addressLifetime))
    }

    private struct State {
        var entries: [Key: Entry] = [:]
        var isClosed = false
        /// When the clients that nobody uses are looked for again.
        var nextRound: ContinuousClock.Instant
    }

    /// What a client is bound to.
    struct Key: Sendable, Hashable {
        /// The host without brackets, as it is asked for.
        let host: String
        /// Whether connections speak TLS, which takes them longer to come about.
        let isSecure: Bool
        /// The address that is dialled for it.
        let address: IPAddress
        /// The largest body, in bytes after decompression.
        let maximumBody: Int
    }

    private struct Entry {
        let client: HTTPClient
        let connections: ConnectionCount
        var users = 0

        /// Whether a connection stands that nobody uses.
        var hasConnection: Bool { connections.standing > users }
        var lastUse = ContinuousClock.now
    }

    /// Lends a client to `work`.
    ///
    /// - Throws: `CancellationError` once the shelf is closed; what `work` throws.
    func withClient<Result: Sendable>(_ key: Key, _ work: (HTTPClient) async throws -> Result) async throws -> Result {
        for client in takeIdle() { try? await client.shutdown() }
        let client = try take(key)
        defer { giveBack(key) }
        return try await work(client)
    }

    /// Whether a connection stands that the next request will be sent over.
    func hasConnection(_ key: Key) -> Bool { state.withLock { $0.entries[key]?.hasConnection ?? false } }

    /// Closes every connection; requests under way fail.
    func close() async {
        let clients = state.withLock { state in
            defer { state.entries = [:] }
            state.isClosed = true
            return state.entries.values.map(\.client)
        }
        for client in clients { try? await client.shutdown() }
    }

    private func take(_ key: Key) throws -> HTTPClient {
        try state.withLock { state in
            guard !state.isClosed else { throw CancellationError() }
            var entry = state.entries[key] ?? makeEntry(key)
            entry.users += 1
            state.entries[key] = entry
            return entry.client
        }
    }

    private func giveBack(_ key: Key) {
        state.withLock { state in
            state.entries[key]?.users -= 1
            state.entries[key]?.lastUse = .now
        }
    }

    /// Takes out the clients that nobody has used for longer than an address is believed.
    private func takeIdle() -> [HTTPClient] {
        let now = ContinuousClock.now
        return state.withLock { state in
            guard state.nextRound < now else { return [] }
            state.nextRound = now + limits.addressLifetime
            let limit = now.advanced(by: limits.addressLifetime * -2)
            let idle = state.entries.filter { $0.value.users == 0 && $0.value.lastUse < limit }
            for key in idle.keys { state.entries[key] = nil }
            return idle.values.map(\.client)
        }
    }

    private func makeEntry(_ key: Key) -> Entry {
        let connections = ConnectionCount()
        return Entry(client: makeClient(key, counting: connections), connections: connections)
    }

    private func makeClient(_ key: Key, counting connections: ConnectionCount) -> HTTPClient {
        var configuration = HTTPClient.Configuration(
            tlsConfiguration: tls, redirectConfiguration: .disallow,
            timeout: .init(
                connect: TimeAmount(key.isSecure ? limits.handshake : limits.connect),
                read: TimeAmount(limits.silence)),
            decompression: .enabled(limit: .size(key.maximumBody)))
        configuration.httpVersion = .http1Only
        configuration.connectionPool.retryConnectionEstablishment = false
        configuration.http1_1ConnectionDebugInitializer = { connections.note($0) }
        configuration.dnsOverride = [key.host: key.address.text, "[\(key.host)]": key.address.text]
        return HTTPClient(eventLoopGroupProvider: .singleton, configuration: configuration)
    }
}
