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
import MaxServer
import MaxStore
import MaxSync
import MaxVault
import NIOCore
import Testing

@testable import MaxConsole

extension SQLiteStore: ProjectRows, CollectedRows {}

/// The console of an empty project, with the real engines and the sandbox of the provider, and an owner's browser at it.
struct ConsoleHost {
    static let passphrase = "four plain words here"

    let engines: Engines
    let access: AccessService
    let sandbox: SandboxEndpoint
    let client: any TestClientProtocol
    var cookie: String?

    /// Runs `body` with a host that leaves nothing behind.
    static func open(_ body: @Sendable (inout ConsoleHost) async throws -> Void) async throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "max-console-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let keyPath = folder.appending(path: "vault.key").path()
        _ = try VaultKeyFile.create(at: keyPath)
        let outbound = Outbound(limits: .patient)
        let result: Result<Void, any Error>
        do {
            var options = SandboxOptions()
            options.size = "small"
            try await AcmeDouble().serve(options) { sandbox in
                try await open(SQLiteStore(folder: folder), keyPath, folder, sandbox, outbound, body)
            }
            result = .success(())
        } catch { result = .failure(error) }
        await outbound.shutdown()
        try result.get()
    }

    private static func open(
        _ store: SQLiteStore, _ keyPath: String, _ folder: URL, _ sandbox: SandboxEndpoint, _ outbound: Outbound,
        _ body: @Sendable (inout ConsoleHost) async throws -> Void
    ) async throws {
        let vault = Vault(source: .file(path: keyPath, ownedByUs: true), rows: store, surroundings: .real)
        let engines = Engines(
            registry: .bundled, rows: store, store: store, vault: vault, upstreams: outbound,
            sandboxes: OneSandbox(endpoint: sandbox), surroundings: .real)
        let access = AccessService(rows: store, surroundings: .real, cost: PassphraseCost(rounds: 2))
        var settings = ServerSettings()
        settings.port = 0
        let readiness = Readiness(engines, access: access)
        let server = Server(
            engines, access: access, settings: settings,
            routes: [try Console(engines, access: access, readiness: readiness)])
        try await server.application().test(.live) { client in
            var host = ConsoleHost(engines: engines, access: access, sandbox: sandbox, client: client)
            try await body(&host)
        }
    }

    /// Chooses the passphrase, as at the first start.
    mutating func welcome() async throws {
        let token = try await access.makeWelcomeLink().text
        let answer = try await post(
            "/welcome/\(token)", ["passphrase": Self.passphrase, "again": Self.passphrase])
        cookie = answer.cookie
    }

    /// Loads a page.
    func get(_ path: String) async throws -> Answer {
        try await send(.get, path, headers: [:], nil)
    }

    /// Sends a form as a browser does, with the proof that the session's pages carry.
    func post(_ path: String, _ fields: [String: String], csrf: String? = nil) async throws -> Answer {
        var fields = fields
        if let cookie, fields["csrf"] == nil {
            let token = cookie.split(separator: "=", maxSplits: 1).last.flatMap { OwnerToken(String($0)) }
            fields["csrf"] = csrf ?? token.map { access.csrfToken(of: $0) }
        }
        let text = fields.map { "\($0.escapedInPath)=\($1.escapedInPath)" }.joined(separator: "&")
        var headers = HTTPFields()
        headers[.contentType] = "application/x-www-form-urlencoded"
        headers[.init("Sec-Fetch-Site")!] = "same-origin"
        return try await send(.post, path, headers: headers, ByteBuffer(string: text))
    }

    private func send(
        _ method: HTTPRequest.Method, _ path: String, headers: HTTPFields, _ body: ByteBuffer?
    ) async throws -> Answer {
        var headers = headers
        headers[.cookie] = cookie
        headers[.userAgent] = "Mozilla/5.0 (X11; Linux x86_64) Firefox/140.0"
        let answer = try await client.execute(uri: path, method: method, headers: headers, body: body) { Answer($0) }
        try PageAlbum.keep(answer.text, named: path)
        if !path.contains("/records/") { #expect(answer.text.wordsOfTheInside == [], "\(path)") }
        return answer
    }

    /// Begins a setup and returns its address.
    func begin(_ connector: String = "acme") async throws -> String {
        try await post("/add/\(connector)", [:]).location ?? ""
    }

    /// Answers the question of a setup that is shown now, and shows what comes then.
    @discardableResult
    func answer(_ setup: String, _ fields: [String: String]) async throws -> Answer {
        var fields = fields
        fields["revision"] = try await get(setup).hidden("revision")
        let answer = try await post(setup, fields)
        return try await get(answer.location ?? setup)
    }

    /// The key that the sandbox takes.
    var key: String { sandbox.secrets["api_token"]?.withText { $0 } ?? "" }

    /// Connects the sandbox's account and returns the page that says so.
    func connect() async throws -> (setup: String, page: Answer) {
        let setup = try await begin()
        try await answer(setup, ["do": "submit", "baseURL": sandbox.url.absoluteString])
        var page = try await answer(setup, ["do": "submit", "api_token": key])
        if page.text.contains("platform.allow_host") {
            page = try await answer(setup, ["platform.allow_host": "allow"])
        }
        if let workspace = page.value(of: "workspaceID") {
            page = try await answer(setup, ["do": "choose", "workspaceID": workspace])
        }
        return (setup, page)
    }

    /// Carries out every sync that is asked for.
    func collect() async throws {
        let sync = try engines.sync()
        for run in try await sync.runs() where run.state == .requested { _ = try await sync.perform(run.id) }
    }
}

/// The one sandbox there is.
struct OneSandbox: SandboxHost {
    let endpoint: SandboxEndpoint
    func endpoint(of connector: String) async throws -> SandboxEndpoint { endpoint }
}

/// What the server answered.
struct Answer {
    let status: HTTPResponse.Status
    let headers: HTTPFields
    let text: String

    init(_ response: TestResponse) {
        (status, headers) = (response.status, response.headers)
        text = String(buffer: response.body)
    }

    var location: String? { headers[.location] }

    /// What a person reads of it.
    var words: String { text.visibleWords }

    /// The cookie that was set, as it is sent back.
    var cookie: String? { headers[.setCookie]?.split(separator: ";").first.map(String.init) }

    /// The value of a hidden field.
    func hidden(_ name: String) -> String? {
        between("name=\"\(name)\" value=\"", "\"")
    }

    /// The first value of a control that can be chosen.
    func value(of name: String) -> String? {
        between("name=\"\(name)\" type=\"radio\" value=\"", "\"")
            ?? between("name=\"\(name)\" type=\"checkbox\" value=\"", "\"")
    }

    /// What first stands between two texts.
    private func between(_ before: String, _ after: String) -> String? {
        guard let start = text.range(of: before)?.upperBound,
            let end = text.range(of: after, range: start..<text.endIndex)?.lowerBound
        else { return nil }
        return String(text[start..<end])
    }
}
