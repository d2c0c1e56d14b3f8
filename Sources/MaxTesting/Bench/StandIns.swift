internal import Foundation
internal import MaxConnector
internal import MaxHub

/// Where a double answers in the place of hosts that a connector calls whatever is answered.
struct StandIns: Sendable {
    /// The double's origin by the host whose place it takes.
    let origins: [String: URL]

    /// The route with the double let in.
    func opening(_ route: UpstreamRoute) -> UpstreamRoute {
        var route = route
        route.allowedPrivateHosts.formUnion(origins.values.map { "\($0.host() ?? ""):\($0.port ?? 80)" })
        return route
    }

    /// The request as it goes to the double; one to a host that is none of the connector's business stays as it is.
    func leading(_ request: UpstreamRequest, on route: UpstreamRoute) -> UpstreamRequest {
        var request = request
        request.url = leading(request.url, on: route)
        request.witness = request.witness.map { leading($0, on: route) }
        return request
    }

    private func leading(_ url: URL, on route: UpstreamRoute) -> URL {
        guard let host = url.host(), let origin = origins[host], route.hosts.mayLead(to: host),
            var address = URLComponents(url: url, resolvingAgainstBaseURL: true)
        else { return url }
        (address.scheme, address.host, address.port) = (origin.scheme, origin.host(), origin.port)
        return address.url ?? url
    }
}

extension [String]? {
    /// Whether a host is among those of a route; `*.example.com` stands for every host below it.
    fileprivate func mayLead(to host: String) -> Bool {
        self?.contains { $0.hasPrefix("*.") ? host.hasSuffix($0.dropFirst()) : host == $0 } ?? true
    }
}
