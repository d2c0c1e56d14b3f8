import Foundation
import MaxConnector
import MaxCore
import MaxHub
import MaxStore
import Synchronization
import Testing

@testable import MaxSetup

/// A setup service over a store in memory, with a clock that is moved by hand.
struct Bench {
    let store = MemoryStore()
    let clock = HandClock()
    let writes = WriteCount()
    let keeper: PlainKeeper
    let upstreams = NoUpstreams()
    let service: SetupService

    init(
        _ connectors: [any Connector] = [mail(mailFlow)], sandbox: (any ProviderSandbox)? = nil,
        patience: Duration = .seconds(60)
    ) {
        keeper = PlainKeeper(store: store)
        let clock = clock
        let words = Mutex(0)
        service = SetupService(
            registry: ConnectorRegistry(
                connectors.map { connector in .init(connector.about.name, sandbox: sandbox) { connector } }),
            connections: store, sessions: CountedSessions(rows: store, writes: writes), attempts: store, keeper: keeper,
            upstreams: upstreams, sandboxes: FixedSandbox(),
            surroundings: Surroundings(
                now: { clock.now },
                word: {
                    words.withLock {
                        $0 += 1
                        return "w\($0)"
                    }
                }),
            patience: patience)
    }

    /// Answers the first two questions of the mail flow.
    func begun(_ password: String, name: String? = nil) async throws -> SetupReply {
        var reply = try await service.start("mail", name: name)
        reply = try await answer(reply, .submit(["server": "mail.test"]))
        return try await answer(reply, .submit(["password": .secret(password)]))
    }

    func answer(_ reply: SetupReply, _ answer: FlowAnswer) async throws -> SetupReply {
        try await service.answer(reply.session.id, revision: reply.session.revision, answer)
    }

    /// Everything a setup may leave behind.
    func remains() async throws -> [String] {
        let sessions = try await store.sessions(at: .distantPast).map(\.id.rawValue)
        let keys = try await store.dataKeys()
        let secrets = try await keys.asyncFlatMap { try await store.secrets(of: $0.connection) }
        return sessions + keys.map(\.id) + secrets.map { "\($0.field) \($0.stage)" }
    }

    func secret(_ field: String, of connection: ConnectionID, stage: SecretStage = .active) async throws -> String? {
        try await store.secret(field, of: connection, stage: stage).map {
            String(decoding: $0.ciphertext, as: UTF8.self)
        }
    }
}

extension SetupReply {
    var form: FormView? { if case .form(let form) = view { form } else { nil } }
    var choice: ChoiceView? { if case .choice(let choice) = view { choice } else { nil } }
    var finished: FinishedView? { if case .finished(let finished) = view { finished } else { nil } }
}

extension Array {
    fileprivate func asyncFlatMap<Other>(_ transform: (Element) async throws -> [Other]) async rethrows -> [Other] {
        var all: [Other] = []
        for element in self { all += try await transform(element) }
        return all
    }
}

/// A clock that stands still until it is moved.
final class HandClock: Sendable {
    private let seconds = Mutex(1_000_000.0)
    var now: Date { Date(timeIntervalSince1970: seconds.withLock { $0 }) }
    func advance(by time: Double) { seconds.withLock { $0 += time } }
}

/// How often something was written.
final class WriteCount: Sendable {
    private let count = Mutex(0)
    func raise() { count.withLock { $0 += 1 } }
    var value: Int { count.withLock { $0 } }
}

/// Sessions that count what is written to them.
struct CountedSessions: SessionRows {
    let rows: MemoryStore
    let writes: WriteCount

    func sessions(at time: Date) async throws -> [SetupSession] { try await rows.sessions(at: time) }
    func session(_ id: SessionID) async throws -> SetupSession? { try await rows.session(id) }
    func insert(_ session: SetupSession) async throws {
        writes.raise()
        try await rows.insert(session)
    }
    func save(_ session: SetupSession, secrets: [FreshlySealed], dropping: Set<String>) async throws {
        writes.raise()
        try await rows.save(session, secrets: secrets, dropping: dropping)
    }
    func activate(_ activation: Activation) async throws {
        writes.raise()
        try await rows.activate(activation)
    }
    func discard(_ id: SessionID) async throws {
        writes.raise()
        try await rows.discard(id)
    }
    func discardExpired(at time: Date) async throws {
        writes.raise()
        try await rows.discardExpired(at: time)
    }
}

/// A keeper that seals nothing, so that tests can look.
final class PlainKeeper: SecretKeeper {
    let store: MemoryStore
    private let locked = Mutex(false)

    init(store: MemoryStore) { self.store = store }

    func setLocked(_ isLocked: Bool) { locked.withLock { $0 = isLocked } }

    func seal(_ secret: SecretValue, field: String, for connection: ConnectionID) async throws -> FreshlySealed {
        let key = WrappedDataKey(
            id: "key-\(connection.rawValue)", connection: connection, masterKey: "m", wrapped: Data(),
            createdAt: Date(timeIntervalSince1970: 0))
        let sealed = SealedSecret(
            connection: connection, field: field, stage: .staged, dataKey: key.id, version: 1,
            ciphertext: secret.withBytes { Data($0) })
        return FreshlySealed(secret: sealed, newKey: key)
    }

    func credentials(of connection: ConnectionID, staged: Bool, purpose: String) -> any CredentialStore {
        KeptSecrets(store: store, connection: connection)
    }

    func fingerprint(_ bytes: [UInt8]) async throws -> String { String(decoding: bytes, as: UTF8.self) }

    func lock() async -> VaultLock? {
        locked.withLock { $0 }
            ? VaultLock(missingKeys: ["k"], sentence: "locked: key k is missing", fix: "Find it.") : nil
    }
}

/// A connection's secrets, the staged ones first.
private struct KeptSecrets: CredentialStore {
    let store: MemoryStore
    let connection: ConnectionID

    func get(_ key: String) async throws -> SecretValue? {
        let staged = try await store.secret(key, of: connection, stage: .staged)
        let active = try await store.secret(key, of: connection, stage: .active)
        return (staged ?? active).map { SecretValue($0.ciphertext) }
    }
    func set(_ key: String, _ value: SecretValue) async throws {}
    func has(_ key: String) async throws -> Bool { try await get(key) != nil }
    func delete(_ key: String) async throws {}
    func keys() async throws -> [String] { [] }
    func exclusively<Result: Sendable>(
        _ key: String, _ work: @Sendable () async throws -> Result
    ) async throws -> Result {
        try await work()
    }
}

/// Ways to a provider that note what each was allowed, and lead nowhere but to private hosts.
final class NoUpstreams: UpstreamFactory {
    private let noted = Mutex<[Set<String>]>([])
    var allowed: [Set<String>] { noted.withLock { $0 } }

    func upstream(_ route: UpstreamRoute) -> any Upstream {
        noted.withLock { $0.append(route.allowedPrivateHosts) }
        return DeadEnd(allowed: route.allowedPrivateHosts)
    }

    private struct DeadEnd: Upstream {
        let allowed: Set<String>
        func send(_ request: UpstreamRequest, as operation: UpstreamOperation) async throws -> UpstreamResponse {
            let host = request.url.host() ?? ""
            if !allowed.contains(host) {
                throw PrivateAddressRefused(host: host, address: "10.0.0.1", problem: Problem("p", .permanent, "No."))
            }
            return UpstreamResponse(status: 200, headers: [], body: Data())
        }

        func open(_ line: LineRequest, as operation: UpstreamOperation) async throws -> any UpstreamLine {
            throw Problem("no_line", .permanent, "No.")
        }
    }
}

/// The sandbox of every connector, at one address.
struct FixedSandbox: SandboxHost {
    func endpoint(of connector: String) async throws -> SandboxEndpoint {
        let url = try #require(URL(string: "http://127.0.0.1:9"))
        return SandboxEndpoint(
            url: url, page: url, answers: ["server": "http://127.0.0.1:9"], secrets: ["password": SecretValue("dana")])
    }
}

/// A sandbox that is only there to be offered.
struct NamedSandbox: ProviderSandbox {
    func serve<Result: Sendable>(
        _ options: SandboxOptions, _ body: @Sendable (SandboxEndpoint) async throws -> Result
    ) async throws -> Result {
        try await body(FixedSandbox().endpoint(of: "mail"))
    }
}
