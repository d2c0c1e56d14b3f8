import Hummingbird
import SandboxKit

/// Does to a request what the fault of its key says.
struct FaultPlayer: Sendable {
    /// The wait before each answer to a `_slow` key.
    let slowness: Duration
    /// The origin a `_redirect` key is sent to; nil is this server by another name.
    let redirectTarget: String?
    private let flaps = Flaps(sparing: "/me")

    init(slowness: Duration, redirectTarget: String?) {
        self.slowness = slowness
        self.redirectTarget = redirectTarget
    }

    /// Answers in the place of the route; nil lets the route answer.
    func play(_ fault: AcmeFault, _ request: Request, _ context: APIContext) async throws -> Response? {
        func play(_ fault: WireFault) async throws -> Response? { try await fault.play(request, on: context.channel) }
        switch fault {
        case .unauthorized: throw APIProblem.keyUnknown
        case .flapping: if flaps.refuses(request) { throw APIProblem.keyUnknown }
        case .rateLimitedAsForbidden: throw APIProblem.rateLimited(.forbidden, retryAfter: 1)
        case .silentTooManyRequests: throw APIProblem.rateLimited(retryAfter: nil)
        case .errorWithSuccess:
            var response = APIProblem.internalError.response
            response.status = .ok
            return response
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
            break
        }
        return nil
    }
}
