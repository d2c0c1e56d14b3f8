import BundledConnectors
import Foundation
import Hummingbird
import MaxAPI
import MaxAccess
import MaxConnector
import MaxConsole
import MaxCore
import MaxEngines
import MaxHTTP
import MaxHub
import MaxServer
import MaxStore
import MaxSync
import MaxVault
import MaxWire
import NIOCore

@testable import MaxClient

extension SQLiteStore: ProjectRows, CollectedRows {}

/// A whole server on a port of its own, over a project of its own, with the sandbox that its provider is.
struct LiveSite: Sendable {
    let engines: Engines
    let access: AccessService
    let provider: SandboxEndpoint
    let address: ServerAddress

    /// Runs `body` with a site that leaves nothing behind.
    static func with(
        hasKey: Bool = true, publicOrigin: ServerOrigin? = nil, registry: ConnectorRegistry = .bundled,
        _ body: @Sendable @escaping (LiveSite) async throws -> Void
    ) async throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "max-client-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let keyPath = folder.appending(path: "vault.key").path()
        if hasKey { try VaultKeyFile.create(at: keyPath) }
        let store = try SQLiteStore(folder: folder)
        defer { store.close() }
        let vault = Vault(source: .file(path: keyPath, ownedByUs: true), rows: store, surroundings: .real)
        let outbound = Outbound(limits: .patient)
        do {
            var options = SandboxOptions()
            options.size = "small"
            try await AcmeDouble().serve(options) { endpoint in
                let engines = Engines(
                    registry: registry, rows: store, store: store, vault: vault, upstreams: outbound,
                    sandboxes: OneSandbox(running: endpoint), surroundings: .real)
                let access = AccessService(rows: store, surroundings: .real, cost: PassphraseCost(rounds: 2))
                try await serve(engines, access, endpoint, publicOrigin, body)
            }
        } catch {
            await outbound.shutdown()
            throw error
        }
        await outbound.shutdown()
    }

    private static func serve(
        _ engines: Engines, _ access: AccessService, _ endpoint: SandboxEndpoint, _ origin: ServerOrigin?,
        _ body: @Sendable @escaping (LiveSite) async throws -> Void
    ) async throws {
        let bulletin = Bulletin(engines)
        var settings = ServerSettings()
        (settings.port, settings.publicOrigin) = (0, origin)
        let console = try Console(
            engines, access: access, readiness: Readiness(engines, access: access), bulletin: bulletin)
        let server = Server(
            engines, access: access, settings: settings, bulletin: bulletin, keeper: RunKeeper(try engines.sync()),
            routes: [API(engines, access: access, bulletin: bulletin), console])
        let (ports, port) = AsyncStream.makeStream(of: Int.self)
        let (stops, stop) = AsyncStream.makeStream(of: Void.self)
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask {
                try await server.run(onRunning: { port.yield($0) }, until: { for await _ in stops { return } })
            }
            group.addTask {
                defer { stop.yield() }
                for await number in ports {
                    let address = try ServerAddress("http://127.0.0.1:\(number)")
                    return try await body(
                        LiveSite(engines: engines, access: access, provider: endpoint, address: address))
                }
            }
            try await group.waitForAll()
        }
    }
}

/// The one sandbox there is.
private struct OneSandbox: SandboxHost {
    let running: SandboxEndpoint
    func endpoint(of connector: String) async throws -> SandboxEndpoint { running }
}

extension LiveSite {
    /// The owner's session, as far as approving needs one.
    var owner: OwnerSession {
        OwnerSession(
            id: OwnerSessionID(in: .real), visitor: Visitor(address: "127.0.0.1"), beganAt: Date(), seenAt: Date())
    }

    /// Runs `work` with a client that logged in by the device grant, and that the owner allowed so much.
    func logged(
        in scopes: AgentScope..., work: @Sendable @escaping (Client) async throws -> Void
    ) async throws {
        let token = try await Client.with(address, token: nil) { client in
            let begun = try await client.beginLogin(as: "A test", scopes: scopes.map(\.rawValue))
            try await access.approve(begun.userCode, scopes: Set(scopes), by: owner)
            return try await client.finishLogin(begun.soon).token
        }
        try await Client.with(address, token: token, work)
    }

    /// The key that the provider knows.
    var key: SecretValue { provider.secrets["api_token"] ?? SecretValue("") }
}
