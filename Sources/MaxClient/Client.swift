internal import AsyncHTTPClient
internal import Foundation
package import MaxCore
internal import MaxWire
internal import NIOCore
internal import NIOSSL

/// A server's API, typed: every call answers the bodies that the server's own surfaces are made of.
///
/// What the server refuses is thrown in its own words, as ``MaxCore/MaxError``, and what a provider has wrong as
/// ``MaxCore/Problem``. A request that was lost on the way is sent again where that cannot do anything twice; one that came
/// too early is sent again when the server says so.
package struct Client: Sendable {
    package let server: ServerAddress
    let exchange: Exchange
    let limits: ClientLimits

    /// Runs `work` with a client, whose connections are closed afterwards.
    ///
    /// - Parameters:
    ///   - token: An agent's token; nil where nobody has to say who they are.
    ///   - authorities: Certificates in PEM to trust in place of the system's.
    package static func with<Result: Sendable>(
        _ server: ServerAddress, token: SecretValue?, limits: ClientLimits = ClientLimits(), authorities: String? = nil,
        _ work: (Client) async throws -> Result
    ) async throws -> Result {
        let http = HTTPClient(
            eventLoopGroupProvider: .singleton, configuration: try configuration(limits, authorities))
        let client = Client(
            server: server, exchange: Exchange(server: server, token: token, limits: limits, http: http),
            limits: limits)
        do {
            let result = try await work(client)
            try? await http.shutdown()
            return result
        } catch {
            try? await http.shutdown()
            throw error
        }
    }

    /// Connections that trust the system's authorities, follow no redirect and unpack nothing.
    private static func configuration(
        _ limits: ClientLimits, _ authorities: String?
    ) throws -> HTTPClient.Configuration {
        var tls = TLSConfiguration.makeClientConfiguration()
        if let authorities {
            tls.trustRoots = .certificates(try NIOSSLCertificate.fromPEMBytes(Array(authorities.utf8)))
        }
        var configuration = HTTPClient.Configuration(
            tlsConfiguration: tls, redirectConfiguration: .disallow,
            timeout: .init(connect: TimeAmount(limits.connect), read: TimeAmount(limits.silence)))
        configuration.httpVersion = .http1Only
        configuration.connectionPool.retryConnectionEstablishment = false
        return configuration
    }

    /// Sends a request and reads the answer as a value.
    func ask<Value: Decodable>(_ request: ClientRequest, for type: Value.Type = Value.self) async throws -> Value {
        try await exchange.send(request).value(type, from: server)
    }

    /// Every item of a list, page after page.
    ///
    /// - Parameter most: How many are wanted at most.
    func all<Item: Codable & Sendable>(
        _ request: ClientRequest, atMost most: Int = .max, of type: Item.Type = Item.self
    ) async throws -> [Item] {
        var (items, request, seen) = ([Item](), request, Set<String>())
        request.query.append(("limit", String(min(most, Self.page))))
        while true {
            let page = try await ask(request, for: PageBody<Item>.self)
            items += page.items
            guard items.count < most, let next = page.next else { return Array(items.prefix(most)) }
            guard seen.insert(next).inserted else { throw server.unfit }
            request.query.removeAll { $0.name == "after" }
            request.query.append(("after", next))
        }
    }

    /// How many items are asked for at once.
    private static let page = 500
}
