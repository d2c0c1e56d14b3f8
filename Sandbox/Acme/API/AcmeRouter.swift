import Hummingbird
import SandboxKit

/// Every address of the sandbox.
struct AcmeRouter {
    let router: Router<APIContext>

    init(options: AcmeSandboxOptions, ledger: Ledger<TenantState>, outbox: Outbox) {
        router = Router(context: APIContext.self, options: [.autoGenerateHeadEndpoints])
        router.add(middleware: AnswerEnvelope(requestsPerMinute: options.requestsPerMinute))
        let writer = TenantWriter(ledger: ledger, outbox: outbox)
        PageRoutes(ledger: ledger, writer: writer).add(to: router)
        let api = router.group("api/v1")
            .add(
                middleware: ProviderWeather(
                    seed: ledger.world.seed, latency: options.latency, flaky: options.flaky,
                    outage: options.outage, broken: APIProblem.internalError, overloaded: APIProblem.unavailable)
            )
            .add(
                middleware: KeyCheck(
                    ledger: ledger,
                    faults: FaultPlayer(slowness: options.slowness, redirectTarget: options.redirectTarget)))
        ReadRoutes().add(to: api)
        DetailRoutes().add(to: api)
        WriteRoutes(writer: writer).add(to: api)
        WebhookRoutes(writer: writer).add(to: api)
    }
}
