import HTTPTypes
import Hummingbird
import SandboxKit

/// Admits a request by its token, and lets the token's fault happen.
final class TokenGate: RouterMiddleware {
    typealias Context = GitHubContext

    private let ledger: Ledger<GitHubState>
    private let slowness: Duration
    private let flaps = Flaps(sparing: "/user")

    init(ledger: Ledger<GitHubState>, slowness: Duration) {
        self.ledger = ledger
        self.slowness = slowness
    }

    func handle(
        _ request: Request, context: GitHubContext,
        next: @concurrent (Request, GitHubContext) async throws -> Response
    ) async throws -> Response {
        let state = try ledger.current()
        let access = try state.access(authorization: request.headers[.authorization])
        if let fault = access.token.fault, let played = try await play(fault, access, request, context) {
            return played
        }
        var admitted = context
        admitted.admit(access, to: state)
        var response: Response
        do {
            response = try await next(request, admitted)
        } catch let problem as GitHubProblem {
            response = problem.response
        }
        response.headers[.oauthScopes] = access.scopes
        if access.scopes != nil { response.headers[.acceptedScopes] = "" }
        response.headers[.tokenExpiration] = access.expiresAt?.spelledOut
        return response
    }

    /// Answers in the place of the route; nil lets the route answer.
    private func play(
        _ fault: GitHubFault, _ access: Access, _ request: Request, _ context: GitHubContext
    ) async throws -> Response? {
        func play(_ fault: WireFault) async throws -> Response? { try await fault.play(request, on: context.channel) }
        switch fault {
        case .unauthorized: throw GitHubProblem.badCredentials
        case .flaps: if flaps.refuses(request) { throw GitHubProblem.badCredentials }
        case .forbidden: throw GitHubProblem.notAccessible
        case .singleSignOn: throw GitHubProblem.singleSignOn
        case .rateLimited: throw GitHubProblem.rateLimited(resetIn: 2)
        case .secondaryLimit: throw GitHubProblem.secondaryLimit(.forbidden, retryAfter: 1)
        case .silentSecondaryLimit: throw GitHubProblem.secondaryLimit(.forbidden, retryAfter: nil)
        case .tooManyRequests: throw GitHubProblem.secondaryLimit(.tooManyRequests, retryAfter: 1)
        case .silentTooManyRequests: throw GitHubProblem.secondaryLimit(.tooManyRequests, retryAfter: nil)
        case .serverError: throw GitHubProblem.serverError
        case .errorBody:
            var response = GitHubProblem(status: .ok, message: "Something went wrong").response
            response.status = .ok
            return response
        case .slow: return try await play(.slow(slowness))
        case .hang: return try await play(.hang)
        case .garbage: return try await play(.garbage)
        case .html: return try await play(.html)
        case .huge: return try await play(.huge)
        case .gzipBomb: return try await play(.gzipBomb)
        case .endlessHeaders: return try await play(.endlessHeaders)
        case .redirect: return try await play(.redirect(nil))
        case .expiresSoon, .noScopes, .noStarring, .issuesForbidden, .issuesDisabled, .empty: break
        }
        return nil
    }
}

extension Timestamp {
    /// The moment as in `2026-01-05 09:00:00 UTC`.
    fileprivate var spelledOut: String {
        let parts = text.dropLast().split(separator: "T")
        return parts.joined(separator: " ") + " UTC"
    }
}
