import HTTPTypes
import Hummingbird
import SandboxKit
import Synchronization

/// Puts the headers on every API answer, keeps the rate limit and gives failures their shape.
final class AnswerEnvelope: RouterMiddleware {
    typealias Context = GitHubContext

    private let limiter: RateLimiter
    private let requests = Atomic<UInt64>(0)

    init(requestsPerHour: Int) { limiter = RateLimiter(requestsPerHour, each: .seconds(3_600)) }

    func handle(
        _ request: Request, context: GitHubContext,
        next: @concurrent (Request, GitHubContext) async throws -> Response
    ) async throws -> Response {
        let number = requests.add(1, ordering: .relaxed).newValue
        let allowance = limiter.take(request.headers[.authorization] ?? "")
        var response =
            if allowance.isExceeded {
                GitHubProblem.rateLimited(resetIn: allowance.secondsToReset).response
            } else {
                await answer(request, context, next)
            }
        response.headers[.requestID] = "MAXX:" + Hex.text(number, digits: 12)
        response.headers[.mediaType] = "github.v3; format=json"
        response.headers[.rateLimitLimit] = "\(allowance.limit)"
        response.headers[.rateLimitUsed] = "\(allowance.limit - allowance.remaining)"
        response.headers[.rateLimitResource] = "core"
        if response.headers[.rateLimitRemaining] == nil {
            response.headers[.rateLimitRemaining] = "\(allowance.remaining)"
            response.headers[.rateLimitReset] = "\(Timestamp.now().seconds + allowance.secondsToReset)"
        }
        return response
    }

    private func answer(
        _ request: Request, _ context: GitHubContext,
        _ next: @concurrent (Request, GitHubContext) async throws -> Response
    ) async -> Response {
        do {
            return try await next(request, context)
        } catch let problem as GitHubProblem {
            return problem.response
        } catch let error as HTTPError where error.status != .notFound {
            return GitHubProblem(status: error.status, message: error.body ?? error.status.reasonPhrase).response
        } catch is HTTPError {
            return GitHubProblem.notFound.response
        } catch {
            return GitHubProblem.serverError.response
        }
    }
}
