package import Hummingbird
internal import NIOCore
internal import Synchronization

/// The provider's bad days: every answer late by the latency, some requests failing by chance, all of them in an outage.
///
/// Which requests fail depends on the seed and on their number, so that a run in one order can be repeated.
package final class ProviderWeather<Context: SandboxContext>: RouterMiddleware {
    private let seed: UInt64
    private let latency: Duration
    private let flaky: Double
    private let outage: Outage?
    private let broken: any Error
    private let overloaded: any Error
    private let requests = Atomic<Int>(0)

    /// Creates the weather of a seed; a failing request throws `broken` or `overloaded`, or loses its connection.
    package init(
        seed: UInt64, latency: Duration, flaky: Double, outage: Outage? = nil, broken: any Error, overloaded: any Error
    ) {
        self.seed = seed
        self.latency = latency
        self.flaky = flaky
        self.outage = outage
        self.broken = broken
        self.overloaded = overloaded
    }

    package func handle(
        _ request: Request, context: Context, next: @concurrent (Request, Context) async throws -> Response
    ) async throws -> Response {
        if latency > .zero { try await Task.sleep(for: latency) }
        if outage?.isUnderWay == true { return try await hangUp(context) }
        guard flaky > 0 else { return try await next(request, context) }
        var dice = Dice(seed: seed, kind: 11, requests.add(1, ordering: .relaxed).newValue)
        guard dice.fraction() < flaky else { return try await next(request, context) }
        switch dice.below(3) {
        case 0: throw broken
        case 1: throw overloaded
        default: return try await hangUp(context)
        }
    }

    private func hangUp(_ context: Context) async throws -> Response {
        try await context.channel.close()
        throw overloaded
    }
}
