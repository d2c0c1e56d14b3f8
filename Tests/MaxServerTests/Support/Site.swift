import Foundation
import Hummingbird
import HummingbirdTesting
import Logging
import MaxAccess
import MaxConnector
import MaxCore
import MaxEngines
import MaxHTTP
import MaxHub
import MaxServer
import MaxStore
import MaxVault

/// A project on the disk with a server over it, which leaves nothing behind.
struct Site: Sendable {
    let engines: Engines
    let access: AccessService
    let store: SQLiteStore
    let folder: URL
    var settings = ServerSettings()
    var faces: [any ServerRoutes] = []
    let journal = Journal()

    /// Runs `body` with a site.
    static func with(
        registry: ConnectorRegistry = ConnectorRegistry([]), hasKey: Bool = true, patience: Duration = .seconds(10),
        clock: @escaping @Sendable () -> Date = { Date() }, _ body: (Site) async throws -> Void
    ) async throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "max-server-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let keyPath = folder.appending(path: "vault.key").path()
        if hasKey { _ = try VaultKeyFile.create(at: keyPath) }
        let store = try SQLiteStore(folder: folder, patience: patience)
        let surroundings = Surroundings(now: clock, word: Surroundings.real.word)
        let vault = Vault(source: .file(path: keyPath, ownedByUs: true), rows: store, surroundings: surroundings)
        let outbound = Outbound(limits: .patient)
        let engines = Engines(
            registry: registry, rows: store, store: store, vault: vault, upstreams: outbound, sandboxes: NoSandbox(),
            surroundings: surroundings)
        let access = AccessService(rows: store, surroundings: surroundings, cost: PassphraseCost(rounds: 2))
        let outcome = await Result {
            var site = Site(engines: engines, access: access, store: store, folder: folder)
            // A busy machine is not what is tested.
            site.settings.limits.work = .seconds(600)
            try await body(site)
        }
        await outbound.shutdown()
        try outcome.get()
    }

    /// The server over the site, with a face to probe it.
    var server: Server {
        let (form, journal) = (settings.log, journal)
        return Server(
            engines, access: access, settings: settings, routes: [Probe()] + faces,
            logger: Logger(label: "test") { _ in LogLine(form, now: { Date() }, write: journal.note) })
    }

    /// Asks the server without a socket.
    func asking(_ body: @Sendable @escaping (any TestClientProtocol) async throws -> Void) async throws {
        try await server.application().test(.router) { client in try await body(client) }
    }

    /// Signs the owner in.
    func signIn() async throws -> SignedIn {
        let link = try await access.makeWelcomeLink()
        return try await access.choosePassphrase(
            SecretValue("one two three four"), with: link.text, by: Visitor(address: "127.0.0.1"))
    }

    /// Lets an agent in.
    func admit(_ scopes: Set<AgentScope>) async throws -> AdmittedAgent {
        let owner = try await signIn().session
        let begun = try await access.beginGrant(name: "agent", scopes: scopes, by: Visitor(address: "127.0.0.1"))
        try await access.approve(begun.grant.userCode.description, scopes: scopes, by: owner)
        return try await access.redeem(begun.deviceCode.text)
    }
}

extension Result where Failure == any Error {
    fileprivate init(_ work: () async throws -> Success) async {
        do { self = .success(try await work()) } catch { self = .failure(error) }
    }
}

/// No sandbox at all.
private struct NoSandbox: SandboxHost {
    func endpoint(of connector: String) async throws -> SandboxEndpoint {
        throw MaxError("sandbox_missing", "There is no sandbox.")
    }
}

extension SQLiteStore: ProjectRows, CollectedRows {}
