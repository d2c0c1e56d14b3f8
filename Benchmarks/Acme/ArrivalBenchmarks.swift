internal import AcmeConnector
internal import AcmeSandbox
internal import Foundation
internal import MaxConnector
internal import MaxCore
internal import MaxHTTP
internal import MaxHub
internal import MaxQuery
internal import MaxStore
internal import MaxSync
internal import MaxVault

extension Benchmark {
    private static let target = Target.median(.milliseconds(100))

    /// From a provider's answer to the first of its records that somebody else finds, while a first sync is under way.
    static let arriving = [
        Benchmark("page until a record is found", beside: "smallest write of the store", target: target) {
            try await AcmeSandbox.serve(AcmeSandboxOptions(size: .large)) { acme in
                var measurement = Measurement()
                for round in 0...10 {
                    let times = try await withScratchFolder { try await Arrival(in: $0, of: acme).times() }
                    if round > 0 { measurement.add(work: times.work, reference: times.reference) }
                }
                return measurement
            }
        }
    ]
}

/// A first sync, and a question asked again and again beside it, as by another process.
private struct Arrival {
    private static let patience = Duration.seconds(20)
    private static let question = SearchRequest(scope: "all", entity: "AcmeUser", limit: 1)

    private let bench: Workbench
    private let connection: ConnectionID
    private let query: QueryService

    init(in folder: URL, of acme: AcmeAddress) async throws {
        bench = try Workbench(privateFolder: folder)
        let reader = try SQLiteStore(folder: folder)
        query = QueryService(records: reader, connections: reader)
        let workspace = try await AcmeLists(acme).workspace()
        connection = try await bench.store.addConnection(
            "acme", config: ["baseURL": .string(acme.url), "workspaceID": .string(workspace)], allowing: [acme.host])
        try await bench.vault.credentials(of: connection, staged: false, purpose: "benchmark")
            .set("api_token", SecretValue(acme.key))
        try await bench.store.prepare(AcmeConnector.acme.schema, of: "acme")
    }

    /// How long it took to find a record of the first list's first page, and to write a line.
    func times() async throws -> (work: Duration, reference: Duration) {
        let outbound = Outbound()
        let reference = try await time { try await bench.store.writeLittle() }
        let work = try await timeUntilFound(outbound)
        await outbound.shutdown()
        return (work, reference)
    }

    private func timeUntilFound(_ outbound: Outbound) async throws -> Duration {
        let (arrivals, arrival) = AsyncStream.makeStream(of: ContinuousClock.Instant.self)
        let sync = sync(by: WatchedOutbound(base: outbound, operation: "users.list", arrival: arrival))
        return try await withThrowingTaskGroup { group in
            group.addTask {
                defer { arrival.finish() }
                _ = try await sync.perform(sync.request(connection).id)
            }
            guard let start = await arrivals.first(where: { _ in true }) else { throw NothingFound() }
            while try await query.search(Self.question).records.isEmpty {
                guard start.duration(to: .now) < Self.patience else { throw NothingFound() }
                try await Task.sleep(for: .milliseconds(1))
            }
            let time = start.duration(to: .now)
            try await group.waitForAll()
            return time
        }
    }

    private func sync(by outbound: WatchedOutbound) -> SyncService {
        SyncService(
            registry: ConnectorRegistry([.init("acme") { AcmeConnector.acme }]), connections: bench.store,
            runs: bench.store, records: bench.store, schedules: bench.store, keeper: bench.vault, upstreams: outbound,
            sandboxes: NoSandboxes(), surroundings: .real)
    }
}

/// A way out that tells when each answer of one operation is there.
private struct WatchedOutbound: UpstreamFactory, Upstream {
    let base: Outbound
    let operation: String
    let arrival: AsyncStream<ContinuousClock.Instant>.Continuation
    var way: (any Upstream)?

    func upstream(_ route: UpstreamRoute) -> any Upstream {
        WatchedOutbound(base: base, operation: operation, arrival: arrival, way: base.upstream(route))
    }

    func send(_ request: UpstreamRequest, as operation: UpstreamOperation) async throws -> UpstreamResponse {
        guard let way else { throw NothingFound() }
        let answer = try await way.send(request, as: operation)
        if operation.name == self.operation { arrival.yield(.now) }
        return answer
    }

    func open(_ line: LineRequest, as operation: UpstreamOperation) async throws -> any UpstreamLine {
        guard let way else { throw NothingFound() }
        return try await way.open(line, as: operation)
    }
}
