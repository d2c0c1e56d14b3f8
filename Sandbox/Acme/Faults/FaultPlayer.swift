import Hummingbird
import SandboxKit

/// Does to a request what the fault of its key says.
struct FaultPlayer: Sendable {
    /// The wait before each answer to a `_slow` key.
    let slowness: Duration
    /// The origin a `_redirect` key is sent to; nil is this server by another name.
    let redirectTarget: String?

    /// Answers in the place of the route; nil lets the route answer.
    func play(_ fault: AcmeFault, _ request: Request, _ context: APIContext) async throws -> Response? {
        func play(_ fault: WireFault) async throws -> Response? { try await fault.play(request, on: context.channel) }
        switch fault {
        case .unauthorized: throw APIProblem.keyUnknown
        case .forbidden: throw APIProblem.missing(.readWorkspaces)
        case .tooManyRequests: throw APIProblem.rateLimited(retryAfter: 1)
        case .serverError: throw APIProblem.internalError
        case .slow: return try await play(.slow(slowness))
        case .hang: return try await play(.hang)
        case .garbage: return try await play(.garbage)
        case .huge: return try await play(.huge)
        case .html: return try await play(.html)
        case .gzipBomb: return try await play(.gzipBomb)
        case .endlessHeaders: return try await play(.endlessHeaders)
        case .redirect: return try await play(.redirect(redirectTarget))
        case .revokedAfterFive, .tooManyRequestsOnce, .usersForbidden, .tasksForbidden, .tasksMissing, .tasksBroken,
            .expiresSoon, .forgetful, .empty, .one, .many:
            return nil
        }
    }
}
