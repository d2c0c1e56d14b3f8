import Hummingbird
import Synchronization

/// The provider's bad days: every answer late by the latency, some requests failing by chance.
///
/// Which requests fail depends on the seed and on their number, so that a run in one order can be repeated.
final class ProviderWeather: RouterMiddleware {
    typealias Context = APIContext

    private let seed: UInt64
    private let latency: Duration
    private let flaky: Double
    private let requests = Atomic<Int>(0)

    init(seed: UInt64, latency: Duration, flaky: Double) {
        self.seed = seed
        self.latency = latency
        self.flaky = flaky
    }

    func handle(
        _ request: Request, context: APIContext, next: @concurrent (Request, APIContext) async throws -> Response
    ) async throws -> Response {
        if latency > .zero { try await Task.sleep(for: latency) }
        guard flaky > 0 else { return try await next(request, context) }
        var dice = Dice(seed: seed, .weather, requests.add(1, ordering: .relaxed).newValue)
        guard dice.fraction() < flaky else { return try await next(request, context) }
        switch dice.below(3) {
        case 0: throw APIProblem.internalError
        case 1: throw APIProblem.unavailable
        default:
            try await context.channel.close()
            throw APIProblem.unavailable
        }
    }
}
