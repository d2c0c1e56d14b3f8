internal import MaxConnector
internal import MaxCore
internal import MaxHub
internal import MaxSetup
internal import MaxVault
internal import Synchronization

/// One run of a process at a workplace: the real engine, vault and way out over watched rows.
struct SetupBench: Sendable {
    let connector: any Connector
    let script: ProviderScript
    let workplace: Workplace
    let store: WatchedStore
    let vault: Vault
    let service: SetupService
    let requests: RequestLog
    let evidence = Evidence()

    /// How long a check may take: longer than in earnest, for a machine that tests much at once.
    static let patience = Duration.seconds(60)

    init(
        _ trial: Trial, at workplace: Workplace, over rows: any SetupRows, through upstreams: WatchedOutbound,
        patience: Duration = Self.patience, crash: PlannedCrash? = nil
    ) {
        connector = trial.connector
        script = trial.script
        self.workplace = workplace
        let clock = workplace.clock
        let surroundings = Surroundings(now: { clock.now }, word: Surroundings.real.word)
        let store = WatchedStore(rows, crash: crash)
        self.store = store
        vault = Vault(source: .value(SecretValue(workplace.masterKey)), rows: store, surroundings: surroundings)
        requests = upstreams.log
        let connector = trial.connector
        service = SetupService(
            registry: ConnectorRegistry([.init(connector.about.name) { connector }]), connections: store,
            sessions: store, attempts: store, keeper: vault, upstreams: upstreams, sandboxes: NoSandboxes(),
            surroundings: surroundings, patience: patience)
    }

    /// The secret in force; nil when there is none.
    func secretInForce(_ field: String, of connection: ConnectionID) async throws -> SecretValue? {
        try await vault.credentials(of: connection, staged: false, purpose: "conformance").get(field)
    }
}

extension Trial {
    /// Runs a process at a workplace and ends it.
    func run<Result>(
        at workplace: Workplace = .inMemory(), patience: Duration = SetupBench.patience, crash: PlannedCrash? = nil,
        _ work: (SetupBench) async throws -> Result
    ) async throws -> Result {
        let rows = try workplace.rows()
        return try await WatchedOutbound.open(script) { upstreams in
            try await work(
                SetupBench(
                    self, at: workplace, over: rows, through: upstreams, patience: patience, crash: crash))
        }
    }
}

/// What surfaces were given to show.
final class Evidence: Sendable {
    private let texts = Mutex<[(place: String, text: String)]>([])

    /// Takes everything so far out, with where it was shown.
    func take() -> [(place: String, text: String)] {
        texts.withLock { texts in
            defer { texts = [] }
            return texts
        }
    }

    func add(_ value: some Sendable, as place: String) {
        var text = "\(value) \(String(reflecting: value)) "
        dump(value, to: &text)
        let shown = text
        texts.withLock { $0.append((place, shown)) }
    }
}

/// A host without sandboxes: the suite's double is the provider.
struct NoSandboxes: SandboxHost {
    func endpoint(of connector: String) async throws -> SandboxEndpoint {
        throw MaxError("sandbox_missing", "The conformance suite starts no sandbox.")
    }
}
