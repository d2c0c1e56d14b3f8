internal import Foundation
internal import HTTPTypes
internal import Hummingbird
internal import MaxHub

/// What is found out about a request before any route sees it.
struct RequestReading: Sendable {
    let settings: ServerSettings
    let hosts: HostRule

    init(_ settings: ServerSettings) {
        self.settings = settings
        hosts = HostRule(listening: settings.host, publicly: settings.publicOrigin)
    }

    /// Fills in what a request says of where it comes from and where it goes.
    func describe(_ request: Request, in context: inout ServerContext) {
        context.limits = settings.limits
        context.visitor = visitor(of: request, context)
        context.origin = ServerOrigin(
            scheme: scheme(of: request), authority: request.head.authority ?? "localhost")
        context.home = settings.publicOrigin ?? context.origin
        context.provenance = Provenance(request.headers, to: [context.origin, context.home])
    }

    /// Refuses what no route should see.
    ///
    /// - Throws: ``Refusal``, most of them with the connection closed.
    func review(_ request: Request, _ context: ServerContext) throws {
        guard request.head.path?.hasPrefix("/") == true else { throw Refusal.targetUnfit }
        // Of several headers `Host` all but the first are still among the fields.
        guard let host = request.head.authority, !request.headers.contains(.host) else { throw Refusal.hostMissing }
        // Whoever looks whether the server is alive may not know its name.
        guard hosts.admits(host) || request.uri.path == HealthRoutes.alive else { throw Refusal.hostForeign }
        if let length = request.headers[.contentLength].flatMap({ Int($0) }), length > settings.limits.body {
            throw Refusal.bodyTooLarge(settings.limits.body)
        }
        guard request.method.isSafe || context.provenance != .foreign else { throw Refusal.foreignPage }
    }

    private func visitor(of request: Request, _ context: ServerContext) -> Visitor {
        let forwarded = settings.trustsProxy ? request.lastWord(of: .forwardedFor) : nil
        return Visitor(
            address: forwarded ?? context.remoteAddress?.ipAddress ?? "", program: request.headers[.userAgent] ?? "")
    }

    private func scheme(of request: Request) -> ServerOrigin.Scheme {
        if settings.certificate != nil { return .https }
        if settings.trustsProxy, let scheme = request.lastWord(of: .forwardedProto) {
            return ServerOrigin.Scheme(rawValue: scheme.lowercased()) ?? .http
        }
        guard let publicOrigin = settings.publicOrigin, publicOrigin.authority == request.head.authority?.lowercased()
        else { return .http }
        return publicOrigin.scheme
    }
}

extension Request {
    /// What the last hop added to a list, as it alone is known.
    fileprivate func lastWord(of name: HTTPField.Name) -> String? {
        headers[values: name].last?.split(separator: ",").last?.trimmingCharacters(in: .whitespaces)
    }
}

extension HTTPRequest.Method {
    /// Whether it only looks (RFC 9110, section 9.2.1).
    var isSafe: Bool { [.get, .head, .options, .trace].contains(self) }
}
