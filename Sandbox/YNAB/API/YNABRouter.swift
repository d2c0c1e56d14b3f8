import Hummingbird
import SandboxKit

/// Every address of the sandbox.
struct YNABRouter {
    let router: Router<APIContext>

    init(options: YNABSandboxOptions, ledger: Ledger<YNABState>) {
        router = Router(context: APIContext.self, options: [.autoGenerateHeadEndpoints])
        router.add(middleware: ProblemAnswer())
        PageRoutes(ledger: ledger).add(to: router)
        let api = router.group("v1")
            .add(
                middleware: ProviderWeather(
                    seed: options.seed ?? 1, latency: options.latency, flaky: options.flaky,
                    broken: APIProblem.internalError, overloaded: APIProblem.unavailable)
            )
            .add(
                middleware: TokenCheck(
                    ledger: ledger, slowness: options.slowness, requestsPerHour: options.requestsPerHour))
        ReadRoutes().add(to: api)
        WriteRoutes(ledger: ledger).add(to: api)
    }
}

/// Turns every refusal into its answer.
struct ProblemAnswer: RouterMiddleware {
    func handle(
        _ request: Request, context: APIContext, next: @concurrent (Request, APIContext) async throws -> Response
    ) async throws -> Response {
        do {
            return try await next(request, context)
        } catch let problem as APIProblem {
            return problem.response
        } catch let error as HTTPError where error.status == .notFound {
            return APIProblem.notFound.response
        }
    }
}
