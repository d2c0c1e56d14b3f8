import BundledConnectors
import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import MaxAccess
import MaxConnector
import MaxCore
import MaxEngines
import MaxHTTP
import MaxHub
import MaxSetup
import MaxStore
import MaxSync
import MaxVault
import Testing

@testable import MaxAPI
@testable import MaxServer

extension SQLiteStore: ProjectRows, CollectedRows {}

/// A server with its engines over a project of its own, and the sandbox that its provider is.
struct Site: Sendable {
    let engines: Engines
    let access: AccessService
    let bulletin: Bulletin
    let provider: SandboxEndpoint
    let client: any TestClientProtocol

    /// The provider's address.
    var tenant: JSON { .string(provider.url.absoluteString) }
    /// The key that the provider knows.
    var key: String { provider.secrets["api_token"]?.withText { $0 } ?? "" }

    /// Runs `body` with a site that leaves nothing behind.
    static func with(hasKey: Bool = true, _ body: @Sendable @escaping (Site) async throws -> Void) async throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "max-api-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let keyPath = folder.appending(path: "vault.key").path()
        if hasKey { try VaultKeyFile.create(at: keyPath) }
        let store = try SQLiteStore(folder: folder)
        let vault = Vault(source: .file(path: keyPath, ownedByUs: true), rows: store, surroundings: .real)
        let outbound = Outbound(limits: .patient)
        do {
            try await AcmeDouble().serve(SandboxOptions()) { endpoint in
                let engines = Engines(
                    registry: .bundled, rows: store, store: store, vault: vault, upstreams: outbound,
                    sandboxes: OneSandbox(running: endpoint), surroundings: .real)
                try await open(engines, AccessService(rows: store, surroundings: .real, cost: cheap), endpoint, body)
            }
        } catch {
            await outbound.shutdown()
            throw error
        }
        await outbound.shutdown()
    }

    private static func open(
        _ engines: Engines, _ access: AccessService, _ endpoint: SandboxEndpoint,
        _ body: @Sendable @escaping (Site) async throws -> Void
    ) async throws {
        let bulletin = Bulletin(engines)
        let server = Server(
            engines, access: access, settings: ServerSettings(), bulletin: bulletin,
            routes: [API(engines, access: access, bulletin: bulletin)])
        try await server.application().test(.router) { client in
            try await body(
                Site(engines: engines, access: access, bulletin: bulletin, provider: endpoint, client: client))
        }
    }

    private static let cheap = PassphraseCost(rounds: 2)
}

/// The one sandbox there is.
private struct OneSandbox: SandboxHost {
    let running: SandboxEndpoint
    func endpoint(of connector: String) async throws -> SandboxEndpoint { running }
}

extension Site {
    /// Somebody whom the server does not know.
    var stranger: Person { Person(site: self, headers: [:]) }

    /// The owner, signed in.
    func owner() async throws -> Person {
        let visitor = Visitor(address: "127.0.0.1")
        let link = try await access.makeWelcomeLink()
        let signedIn = try await access.choosePassphrase(
            SecretValue("four words make a passphrase"), with: link.text, by: visitor)
        var headers: HTTPFields = [.cookie: "max=\(signedIn.token.text)"]
        headers[try #require(HTTPField.Name("X-CSRF-Token"))] = access.csrfToken(of: signedIn.token)
        return Person(site: self, headers: headers)
    }

    /// An agent that the owner let in.
    func agent(_ scopes: AgentScope...) async throws -> Person {
        let visitor = Visitor(address: "127.0.0.1")
        let session = OwnerSession(
            id: OwnerSessionID(in: .real), visitor: visitor, beganAt: Date(), seenAt: Date())
        let begun = try await access.beginGrant(name: "A robot", scopes: Set(scopes), by: visitor)
        try await access.approve(begun.grant.userCode.description, scopes: Set(scopes), by: session)
        let token = try await access.redeem(begun.deviceCode.text).token.text
        return Person(site: self, headers: [.authorization: "Bearer \(token)"])
    }

    /// A connection to the provider, made by the owner and not synced yet.
    func connection(named name: String? = nil) async throws -> Connection {
        let setup = engines.setup
        var reply = try await setup.start("acme", name: name)
        for _ in 0..<10 {
            let answer: FlowAnswer
            switch reply.view {
            case .form(let form) where form.sandboxOffer != nil: answer = .useSandbox()
            case .choice(let choice): answer = .choose([try #require(choice.options.first?.value)])
            case .finished(let finished): return try #require(try await engines.rows.connection(finished.connection))
            case .form, .working, .open, .refused: throw MaxError("stuck", "The setup is stuck.")
            }
            reply = try await setup.answer(reply.session.id, revision: reply.session.revision, answer)
        }
        throw MaxError("stuck", "The setup has no end.")
    }

    /// The same, synced.
    func syncedConnection() async throws -> Connection {
        let connection = try await connection()
        let run = try await engines.sync().request(connection.id)
        #expect(try await engines.sync().perform(run.id).state == .complete)
        return connection
    }
}
