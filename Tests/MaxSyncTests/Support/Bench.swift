import Foundation
import MaxConnector
import MaxCore
import MaxHub
import MaxStore
import Synchronization
import Testing

@testable import MaxSync

/// A sync engine over the real store and a provider in memory.
struct Bench: Sendable {
    let store: SQLiteStore
    let provider: Provider
    let clock: HandClock
    let rows: WatchedRuns
    let upstreams = NotedUpstreams()
    let service: SyncService
    let connection = ConnectionID(rawValue: "con_one")

    /// Runs `body` with a bench that leaves nothing behind.
    static func with(
        _ provider: Provider = Provider(), _ shape: ShelfShape = ShelfShape(), limits: SyncLimits = SyncLimits(),
        isSandbox: Bool = false, _ body: (Bench) async throws -> Void
    ) async throws {
        let parent = FileManager.default.temporaryDirectory.appending(path: "max-sync-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: parent, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: parent) }
        try await body(try await Bench(parent.appending(path: ".max"), provider, shape, limits, isSandbox))
    }

    private init(
        _ folder: URL, _ provider: Provider, _ shape: ShelfShape, _ limits: SyncLimits, _ isSandbox: Bool
    ) async throws {
        store = try SQLiteStore(folder: folder)
        self.provider = provider
        rows = WatchedRuns(rows: store)
        let clock = HandClock()
        self.clock = clock
        let connector = shape.connector(provider)
        service = SyncService(
            registry: ConnectorRegistry([.init("shelf") { connector }]), connections: store, runs: rows, records: store,
            schedules: store,
            keeper: NoSecrets(), upstreams: upstreams, sandboxes: FixedSandbox(), recordings: store,
            surroundings: clock.surroundings,
            limits: limits, sleep: { try await clock.sleep($0, heartbeat: limits.renewal) }, random: { 0.5 })
        try await connect(isSandbox)
    }

    private func connect(_ isSandbox: Bool) async throws {
        let session = SetupSession(
            id: SessionID(rawValue: "set_one"), connector: "shelf", purpose: .add, connection: connection, name: nil,
            createdAt: noon, expiresAt: noon + 3600)
        let made = Connection(
            id: connection, connector: "shelf", slug: "shelf", label: "Shelf",
            identity: Identity(id: "dana", label: "Dana"), state: .active, config: ["address": "shelf.test"],
            configVersion: 1, isSandbox: isSandbox, allowedHosts: ["10.0.0.1"], createdAt: noon, activatedAt: noon)
        try await store.insert(session)
        let first = RequestedRun(id: RunID(rawValue: "run_first"), connection: connection, requestedAt: noon)
        try await store.activate(Activation(session: session, connection: made, replaces: false, run: first))
        _ = try await store.requestCancel(first.id, at: noon)
    }
}

extension Bench {
    /// Collects once.
    @discardableResult
    func sync(_ mode: RunScope.Mode = .changes, only: Set<String> = []) async throws -> Run {
        try await service.perform(service.request(connection, RunScope(mode, only: only)).id)
    }

    /// Every record that is stored, by address.
    func stored() async throws -> [String: [String: JSON]] {
        let changes = try await store.changes(of: connection, after: 0, limit: 1_000_000)
        return Dictionary(
            uniqueKeysWithValues: changes.compactMap { change in
                change.record.map { (change.ref.description, $0.fields) }
            })
    }

    /// The edges from a record, as the ids of its children.
    func children(_ field: String, of ref: Ref) async throws -> Set<String> {
        let found = Mutex<Set<String>>([])
        try await store.select("SELECT parent_entity, parent_id, field, child_id FROM record_edge") { _, row in
            if row.prefix(3) == [.string(ref.entity), .string(ref.id), .string(field)], let child = row[3].string {
                _ = found.withLock { $0.insert(child) }
            }
            return true
        }
        return found.withLock { $0 }
    }

    /// Expects the store to hold what the provider does, and nothing else.
    func expectTruth(
        _ comment: Comment? = nil, withoutSurplus: Bool = true, sourceLocation: SourceLocation = #_sourceLocation
    ) async throws {
        let (stored, truth) = (try await stored(), provider.truth)
        let missing = truth.keys.filter { stored[$0] == nil }.sorted()
        let surplus = stored.keys.filter { truth[$0] == nil }.sorted()
        let different = truth.keys.filter { stored[$0] != nil && stored[$0] != truth[$0] }.sorted()
        #expect(missing == [], comment, sourceLocation: sourceLocation)
        if withoutSurplus { #expect(surplus == [], comment, sourceLocation: sourceLocation) }
        #expect(different == [], comment, sourceLocation: sourceLocation)
    }
}

/// A keeper of no secrets.
struct NoSecrets: SecretKeeper {
    func seal(_ secret: SecretValue, field: String, for connection: ConnectionID) async throws -> FreshlySealed {
        throw MaxError("none", "There are no secrets.")
    }
    func credentials(of connection: ConnectionID, staged: Bool, purpose: String) -> any CredentialStore { Empty() }
    func fingerprint(_ bytes: [UInt8]) async throws -> String { "" }
    func lock() async -> VaultLock? { nil }

    private struct Empty: CredentialStore {
        func get(_ key: String) async throws -> SecretValue? { nil }
        func set(_ key: String, _ value: SecretValue) async throws {}
        func has(_ key: String) async throws -> Bool { false }
        func delete(_ key: String) async throws {}
        func keys() async throws -> [String] { [] }
        func exclusively<Result: Sendable>(
            _ key: String, _ work: @Sendable () async throws -> Result
        ) async throws -> Result { try await work() }
    }
}

/// Ways to no provider, with a note of what each was allowed.
final class NotedUpstreams: UpstreamFactory {
    private let noted = Mutex<[UpstreamRoute]>([])
    var routes: [UpstreamRoute] { noted.withLock { $0 } }

    func upstream(_ route: UpstreamRoute) -> any Upstream {
        noted.withLock { $0.append(route) }
        return DeadEnd()
    }

    private struct DeadEnd: Upstream {
        func send(_ request: UpstreamRequest, as operation: UpstreamOperation) async throws -> UpstreamResponse {
            throw Problem.outage
        }

        func open(_ line: LineRequest, as operation: UpstreamOperation) async throws -> any UpstreamLine {
            throw Problem.outage
        }
    }
}

/// The sandbox of every connector, at an address of today.
struct FixedSandbox: SandboxHost {
    func endpoint(of connector: String) async throws -> SandboxEndpoint {
        let url = try #require(URL(string: "http://127.0.0.1:7117"))
        return SandboxEndpoint(url: url, page: url, answers: ["address": "http://127.0.0.1:7117"], secrets: [:])
    }
}
