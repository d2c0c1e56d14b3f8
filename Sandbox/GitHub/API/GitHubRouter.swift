import Hummingbird
import SandboxKit

/// Every address of the sandbox: the API below `/api/v3`, as on an Enterprise server, and at the root, as on
/// api.github.com.
struct GitHubRouter {
    let router: Router<GitHubContext>

    init(options: GitHubSandboxOptions, ledger: Ledger<GitHubState>) {
        router = Router(context: GitHubContext.self, options: [.autoGenerateHeadEndpoints])
        TokenPages(ledger: ledger).add(to: router)
        let envelope = AnswerEnvelope(requestsPerHour: options.requestsPerHour)
        let weather = ProviderWeather<GitHubContext>(
            seed: ledger.beginning.world.seed, latency: options.latency, flaky: options.flaky,
            broken: GitHubProblem.serverError, overloaded: GitHubProblem.badGateway)
        let gate = TokenGate(ledger: ledger, slowness: options.slowness)
        for prefix in ["api/v3", ""] {
            let api = router.group(RouterPath(prefix)).add(middleware: envelope).add(middleware: weather)
                .add(middleware: gate)
            ReadRoutes().add(to: api)
            WriteRoutes(ledger: ledger).add(to: api)
        }
    }
}
