internal import HTTPTypes
package import Hummingbird
package import NIOCore

/// A misbehaviour below any API, the same for every provider.
package enum WireFault: Sendable {
    /// The answer is right, and late.
    case slow(Duration)
    /// The request is taken and never answered.
    case hang
    /// JSON by its header, by its bytes nothing.
    case garbage
    /// The sign-in page of a captive portal.
    case html
    /// A JSON body that goes on for 10 GB.
    case huge
    /// A gzip body that grows 150-fold, to 10 GB, when unpacked.
    case gzipBomb
    /// Response headers that never end.
    case endlessHeaders
    /// A redirection to another origin; nil is this server under the name `localhost`.
    case redirect(String?)

    /// Answers in the place of the route; nil lets the route answer.
    package func play(_ request: Request, on channel: any Channel) async throws -> Response? {
        switch self {
        case .slow(let wait): try await Task.sleep(for: wait)
        case .hang: try await Silence.keep(request)
        case .garbage: return FaultBodies.garbage
        case .html: return FaultBodies.captivePortal
        case .huge: return FaultBodies.huge(on: channel)
        case .gzipBomb: return FaultBodies.gzipBomb(on: channel)
        case .endlessHeaders: try await EndlessHeaders.send(on: channel)
        case .redirect(let target):
            let origin = target ?? "http://localhost:\(channel.localAddress?.port ?? 80)"
            return Response(status: .found, headers: [.location: origin + request.uri.string])
        }
        return nil
    }
}

/// Waiting without an answer until the client goes away or the server stops.
private enum Silence {
    static func keep(_ request: Request) async throws {
        try await request.body.consumeWithCancellationOnInboundClose { _ in
            while true { try await Task.sleep(for: .seconds(3_600)) }
        }
    }
}
