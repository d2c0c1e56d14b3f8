import HTTPTypes
import Hummingbird
import NIOCore

/// Does to a request what the fault of its key says.
struct FaultPlayer: Sendable {
    /// The wait before each answer to a `_slow` key.
    let slowness: Duration
    /// The origin a `_redirect` key is sent to; nil is this server by another name.
    let redirectTarget: String?

    /// Answers in the place of the route; nil lets the route answer.
    func play(_ fault: AcmeFault, _ request: Request, _ context: APIContext) async throws -> Response? {
        switch fault {
        case .unauthorized: throw APIProblem.keyUnknown
        case .forbidden: throw APIProblem.missing(.readWorkspaces)
        case .tooManyRequests: throw APIProblem.rateLimited(retryAfter: 1)
        case .serverError: throw APIProblem.internalError
        case .slow: try await Task.sleep(for: slowness)
        case .hang: try await Silence.keep(request)
        case .garbage: return FaultBodies.garbage
        case .huge: return FaultBodies.huge
        case .html: return FaultBodies.captivePortal
        case .gzipBomb: return FaultBodies.gzipBomb
        case .endlessHeaders: try await EndlessHeaders.send(on: context.channel)
        case .redirect: return redirect(request, context)
        case .revokedAfterFive, .tooManyRequestsOnce, .usersForbidden, .tasksForbidden, .tasksMissing, .tasksBroken,
            .expiresSoon, .forgetful, .empty, .one, .many:
            break
        }
        return nil
    }

    private func redirect(_ request: Request, _ context: APIContext) -> Response {
        let origin = redirectTarget ?? "http://localhost:\(context.channel.localAddress?.port ?? 80)"
        return Response(status: .found, headers: [.location: origin + request.uri.string])
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
