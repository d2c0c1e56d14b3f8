internal import AsyncHTTPClient
internal import NIOCore
internal import NIOHTTPCompression
internal import NIOSSL

/// The HTTP clients, each of which can dial one checked address only.
actor ClientShelf {
    private let limits: OutboundLimits
    private let tls: TLSConfiguration
    private var entries: [Key: Entry] = [:]
    private var isClosed = false

    init(limits: OutboundLimits, tls: TLSConfiguration) {
        self.limits = limits
        self.tls = tls
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
        var users = 0
        var lastUse = ContinuousClock.now
    }

    /// Lends a client to `work`.
    ///
    /// - Throws: `CancellationError` once the shelf is closed; what `work` throws.
    nonisolated func withClient<Result: Sendable>(
        _ key: Key, _ work: (HTTPClient) async throws -> Result
    ) async throws -> Result {
        let client = try await take(key)
        do {
            let result = try await work(client)
            await giveBack(key)
            return result
        } catch {
            await giveBack(key)
            throw error
        }
    }

    /// Closes every connection; requests under way fail.
    func close() async {
        isClosed = true
        let clients = entries.values.map(\.client)
        entries = [:]
        for client in clients { try? await client.shutdown() }
    }

    private func take(_ key: Key) async throws -> HTTPClient {
        await removeIdle()
        guard !isClosed else { throw CancellationError() }
        let entry = entries[key] ?? Entry(client: makeClient(key))
        entries[key] = entry
        entries[key]?.users += 1
        return entry.client
    }

    private func giveBack(_ key: Key) {
        entries[key]?.users -= 1
        entries[key]?.lastUse = .now
    }

    /// Closes the clients that nobody has used for longer than an address is believed.
    private func removeIdle() async {
        let limit = ContinuousClock.now.advanced(by: limits.addressLifetime * -2)
        let idle = entries.filter { $0.value.users == 0 && $0.value.lastUse < limit }
        for key in idle.keys { entries[key] = nil }
        for entry in idle.values { try? await entry.client.shutdown() }
    }

    private func makeClient(_ key: Key) -> HTTPClient {
        var configuration = HTTPClient.Configuration(
            tlsConfiguration: tls, redirectConfiguration: .disallow,
            timeout: .init(
                connect: TimeAmount(key.isSecure ? limits.handshake : limits.connect),
                read: TimeAmount(limits.silence)),
            decompression: .enabled(limit: .size(key.maximumBody)))
        configuration.httpVersion = .http1Only
        configuration.connectionPool.retryConnectionEstablishment = false
        configuration.dnsOverride = [key.host: key.address.text, "[\(key.host)]": key.address.text]
        return HTTPClient(eventLoopGroupProvider: .singleton, configuration: configuration)
    }
}
