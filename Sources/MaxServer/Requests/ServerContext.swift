package import Hummingbird
internal import Logging
package import MaxHub
package import NIOCore

/// What is known of a request on its way: its name in the log, where it came from, and who asks.
package struct ServerContext: RequestContext, RemoteAddressRequestContext {
    package var coreContext: CoreRequestContextStorage
    package let remoteAddress: SocketAddress?
    private let channel: any Channel
    /// The name of the request in the log and in the header `X-Request-Id`.
    package internal(set) var requestID = ""
    /// Who asks, as the way in found out.
    package internal(set) var asker = Asker.nobody
    /// Where the request comes from and what sent it.
    package internal(set) var visitor = Visitor(address: "")
    /// The address under which the asker found this server.
    package internal(set) var origin = ServerOrigin(scheme: .http, authority: "localhost")
    /// The address under which people find this server: what links begin with that are handed on.
    package internal(set) var home = ServerOrigin(scheme: .http, authority: "localhost")
    /// What the forms of a page carry in the field ``FormBody/csrfField``; nil when no owner is signed in.
    package internal(set) var csrf: String?
    /// The form that was sent, already read; nil when it was none.
    var form: FormBody?
    /// Where streams are counted.
    var ledger: Ledger?
    /// Whether who asks is still let in: a stream outlives the moment it was asked for.
    var isStillKnown: @Sendable () async -> Bool = { true }
    /// What may be taken of the server at most.
    var limits = ServerLimits()
    /// What the request shows for coming from a page of this server.
    var provenance = Provenance.unknown

    package init(source: ApplicationRequestContextSource) {
        coreContext = CoreRequestContextStorage(source: source)
        remoteAddress = source.channel.remoteAddress
        channel = source.channel
    }

    /// Runs work that nobody waits for once the client has left: it is cancelled then.
    package func whileClientStays<Result: Sendable>(
        _ work: @escaping @Sendable () async throws -> Result
    ) async throws -> Result {
        try await channel.whileOccupied(work)
    }
}
