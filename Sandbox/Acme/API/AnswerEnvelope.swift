import HTTPTypes
import Hummingbird
import SandboxKit
import Synchronization

/// Puts the headers on every API answer, keeps the rate limit and gives failures their shape.
final class AnswerEnvelope: RouterMiddleware {
    typealias Context = APIContext

    private let limiter: RateLimiter
    private let requests = Atomic<UInt64>(0)

    init(requestsPerMinute: Int) { limiter = RateLimiter(requestsPerMinute, each: .seconds(60)) }

    func handle(
        _ request: Request, context: APIContext, next: @concurrent (Request, APIContext) async throws -> Response
    ) async throws -> Response {
        guard request.uri.path.hasPrefix("/api/") else { return try await next(request, context) }
        let number = requests.add(1, ordering: .relaxed).newValue
        let allowance = limiter.take(request.headers[.authorization] ?? "")
        var response: Response
        if allowance.isExceeded {
            response = APIProblem.rateLimited(retryAfter: allowance.secondsToReset).response
        } else {
            response = await answer(request, context, next)
        }
        response.headers[.requestID] = "req_" + Hex.text(number, digits: 12)
        let isLimited = response.status == .tooManyRequests
        response.headers[.rateLimitLimit] = "\(allowance.limit)"
        response.headers[.rateLimitRemaining] = isLimited ? "0" : "\(allowance.remaining)"
        let retryAfter = isLimited ? response.headers[.retryAfter] : nil
        response.headers[.rateLimitReset] = retryAfter ?? "\(allowance.secondsToReset)"
        return response
    }

    private func answer(
        _ request: Request, _ context: APIContext, _ next: @concurrent (Request, APIContext) async throws -> Response
    ) async -> Response {
        do {
            return try await next(request, context)
        } catch let problem as APIProblem {
            return problem.response
        } catch let problem as FieldProblem {
            return APIProblem.field(problem).response
        } catch let error as HTTPError {
            if error.status == .notFound { return APIProblem.unknownRoute.response }
            let message = error.body ?? error.status.reasonPhrase
            return APIProblem(status: error.status, code: "bad_request", message: message).response
        } catch {
            return APIProblem.internalError.response
        }
    }
}
