package import Foundation
package import MaxConnector
internal import MaxCore
package import MaxHub
package import NIOSSL

/// The way out of the house: makes every connector's way to its provider and owns what they share.
///
/// Nothing is opened before the first request; ``shutdown()`` closes everything.
package final class Outbound: UpstreamFactory {
    /// The calls that were made.
    package let calls = CallLedger()
    private let addresses: AddressBook
    private let clients: ClientShelf
    private let dialer: Dialer
    private let lines = LineShelf()
    private let limits: OutboundLimits

    /// Creates a way out.
    ///
    /// - Parameter trustRoots: The authorities whose certificates are believed.
    package init(
        resolver: HostResolver = .system, trustRoots: NIOSSLTrustRoots = .default,
        limits: OutboundLimits = OutboundLimits()
    ) {
        var tls = TLSConfiguration.makeClientConfiguration()
        tls.trustRoots = trustRoots
        tls.minimumTLSVersion = .tlsv12
        self.limits = limits
        addresses = AddressBook(resolver, limits: limits)
        clients = ClientShelf(limits: limits, tls: tls)
        dialer = Dialer(tls: tls, limits: limits)
    }

    /// Makes the way for one connection or setup.
    package func upstream(_ route: UpstreamRoute) -> any Upstream {
        RoutedUpstream(
            route: route,
            gate: OperationGate(
                connector: route.name, ledger: calls, stopsAfterRefusal: route.stopsAfterRefusal,
                patience: limits.patience),
            transport: Transport(
                provider: route.provider, addresses: addresses, clients: clients, dialer: dialer,
                limits: limits),
            lines: LineDesk(
                provider: route.provider, addresses: addresses, dialer: dialer, shelf: lines,
                silence: min(limits.lineSilence, route.deadline), recorder: route.recorder))
    }

    package func check(_ url: URL, on route: UpstreamRoute) async throws {
        try await check(Origin(url), RouteRules(route))
    }

    package func check(_ line: LineRequest, on route: UpstreamRoute) async throws {
        try await check(Origin(line), RouteRules(route))
    }

    private func check(_ origin: Origin, _ rules: RouteRules) async throws {
        try rules.admit(origin)
        let candidates: [IPAddress]
        do {
            candidates = try await addresses.addresses(of: origin.host, by: Deadline(after: limits.lookup))
        } catch is Problem {
            return
        }
        try rules.admit(candidates, of: origin)
    }

    /// Closes every connection; requests under way fail and later ones are refused.
    package func shutdown() async {
        lines.close()
        await clients.close()
    }
}
