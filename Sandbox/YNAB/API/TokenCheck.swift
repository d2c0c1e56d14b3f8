import HTTPTypes
import Hummingbird
import SandboxKit
import Synchronization

/// Admits a request by its token, counts it, and lets the token's fault happen.
final class TokenCheck: RouterMiddleware {
    private let ledger: Ledger<YNABState>
    private let slowness: Duration
    private let limit: HourlyLimit
    private let calls = Mutex<[String: Int]>([:])
    private let flaps = Flaps(sparing: "/user")

    init(ledger: Ledger<YNABState>, slowness: Duration, requestsPerHour: Int) {
        self.ledger = ledger
        self.slowness = slowness
        limit = HourlyLimit(requestsPerHour: requestsPerHour)
    }

    func handle(
        _ request: Request, context: APIContext, next: @concurrent (Request, APIContext) async throws -> Response
    ) async throws -> Response {
        let words = request.headers[.authorization]?.split(separator: " ", maxSplits: 1) ?? []
        let state = try ledger.current()
        guard words.count == 2, words[0].lowercased() == "bearer", let token = YNABToken(words[1]),
            let person = state.people.first(where: { $0.token == token.base })
        else { throw APIProblem.unauthorized }
        let (used, isExceeded) = limit.take(token.base)
        guard !isExceeded else { throw APIProblem.tooManyRequests }
        if let fault = token.fault, let played = try await play(fault, request, context) { return played }
        var admitted = context
        admitted.admit(.init(person: person, fault: token.fault, state: state))
        var response = try await next(request, admitted)
        response.headers[.rateLimit] = "\(used)/\(limit.limit)"
        return response
    }

    /// Answers in the place of the route; nil lets the route answer.
    private func play(_ fault: YNABFault, _ request: Request, _ context: APIContext) async throws -> Response? {
        func play(_ fault: WireFault) async throws -> Response? { try await fault.play(request, on: context.channel) }
        switch fault {
        case .unauthorized: throw APIProblem.unauthorized
        case .flapping: if flaps.refuses(request) { throw APIProblem.unauthorized }
        case .revokedAfterThree: if number(ofCallWith: fault) > 3 { throw APIProblem.unauthorized }
        case .subscriptionLapsed: throw APIProblem.subscriptionLapsed
        case .trialExpired: throw APIProblem.trialExpired
        case .unauthorizedScope: throw APIProblem.unauthorizedScope
        case .rateLimitedAsForbidden: throw APIProblem.waiting("403")
        case .tooManyRequests: throw APIProblem.tooManyRequests
        case .tooManyRequestsWithWait: throw APIProblem.waiting("429")
        case .serverError: throw APIProblem.internalError
        case .unavailable: throw APIProblem.unavailable
        case .errorWithSuccess: throw APIProblem.unauthorizedInAnAnswer
        case .failureWithSuccess: throw APIProblem.internalErrorInAnAnswer
        case .slow: return try await play(.slow(slowness))
        case .hang: return try await play(.hang)
        case .garbage: return try await play(.garbage)
        case .huge: return try await play(.huge)
        case .html: return try await play(.html)
        case .gzipBomb: return try await play(.gzipBomb)
        case .endlessHeaders: return try await play(.endlessHeaders)
        case .redirect: return try await play(.redirect(nil))
        case .forgetful, .empty, .one: break
        }
        return nil
    }

    /// Counts the calls with a fault of this process, from 1 on.
    private func number(ofCallWith fault: YNABFault) -> Int {
        calls.withLock { calls in
            calls[fault.rawValue, default: 0] += 1
            return calls[fault.rawValue] ?? 0
        }
    }
}

extension HTTPField.Name {
    fileprivate static let rateLimit = named("X-Rate-Limit")
}
