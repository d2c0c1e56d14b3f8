internal import AcmeConnector
internal import AcmeSandbox
internal import AsyncHTTPClient
internal import Foundation
internal import MaxConnector
internal import MaxCore
internal import MaxHTTP
internal import MaxHub
internal import MaxSetup
internal import MaxStore
internal import MaxVault
internal import NIOCore
internal import NIOHTTP1

/// A server whose connections are all due at once, and those who want something of it meanwhile.
struct DueCrowd: Sendable {
    private static let connections = 1000
    /// How many syncs a server carries out at once.
    private static let width = 4
    private static let visits = 200

    let bench: Workbench
    let acme: AcmeAddress
    let server: RunningServer

    /// Runs `body` beside the server, as long as connections are due.
    static func with(_ body: (DueCrowd) async throws -> Measurement) async throws -> Measurement {
        try await AcmeSandbox.serve(AcmeSandboxOptions(latency: .milliseconds(20))) { acme in
            try await ServedProject.with(connections: 1) { project in
                let bench = try Workbench(privateFolder: project.folder.appending(path: ".max"))
                try await bench.addDue(connections, at: acme, workspace: AcmeLists(acme).workspace())
                return try await project.serving { server in
                    try await body(DueCrowd(bench: bench, acme: acme, server: server))
                }
            }
        }
    }

    /// Signs in again and again.
    func signIns() async throws -> Measurement {
        let client = HTTPClient(configuration: .init(redirectConfiguration: .disallow))
        let measurement = await Result { try await visits { try await signIn(client) } }
        try await client.shutdown()
        return try measurement.get()
    }

    /// Begins setups and answers their first question, in a process of its own, as a terminal does.
    func setups() async throws -> Measurement {
        let outbound = Outbound()
        let engine = SetupService(
            registry: ConnectorRegistry([.init("acme") { AcmeConnector.acme }]), connections: bench.store,
            sessions: bench.store, attempts: bench.store, keeper: bench.vault, upstreams: outbound,
            sandboxes: NoSandboxes(), surroundings: .real)
        let measurement = try await visits {
            let begun = try await engine.start("acme")
            let answered = try await engine.answer(
                begun.session.id, revision: begun.session.revision, .submit(["baseURL": .plain(.string(acme.url))]))
            return answered.session.id
        } after: { id in
            try await engine.cancel(id)
        }
        await outbound.shutdown()
        return measurement
    }

    private func visits<Value>(
        _ visit: () async throws -> Value, after leave: (Value) async throws -> Void = { _ in }
    ) async throws -> Measurement {
        try await Measurement(Self.visits) {
            try await expectWork()
            var visited: Value?
            let duration = try await time { visited = try await visit() }
            if let visited { try await leave(visited) }
            return duration
        } reference: {
            try await time { try await server.page("/healthz") }
        }
    }

    private func signIn(_ client: HTTPClient) async throws {
        var request = HTTPClientRequest(url: server.address + "/signin")
        request.method = .POST
        request.headers.add(name: "Content-Type", value: "application/x-www-form-urlencoded")
        request.headers.add(name: "Sec-Fetch-Site", value: "same-origin")
        request.body = .bytes(ByteBuffer(string: "passphrase=a+passphrase+for+measuring"))
        let answer = try await client.execute(request, timeout: .seconds(30))
        guard answer.status == .seeOther else { throw Disturbed(words: "sign-in was answered with \(answer.status)") }
    }

    /// Expects syncs under way, no more than there may be.
    private func expectWork() async throws {
        let running = try await bench.store.openRuns(limit: Self.connections).count { $0.state == .running }
        guard running <= Self.width else { throw Disturbed(words: "\(running) syncs were under way at once") }
    }
}

extension Workbench {
    /// Adds connections to an account that were synced two hours ago.
    fileprivate func addDue(_ count: Int, at acme: AcmeAddress, workspace: String) async throws {
        for number in 1...count {
            let id = try await store.addConnection(
                "due-\(number)", config: ["baseURL": .string(acme.url), "workspaceID": .string(workspace)],
                allowing: [acme.host])
            try await vault.credentials(of: id, staged: false, purpose: "bench").set(
                "api_token", SecretValue(acme.key))
        }
        for run in try await store.openRuns(limit: count) {
            _ = try await store.requestCancel(run.id, at: .now - 7200)
        }
    }
}

/// What was measured is not what was to be measured.
private struct Disturbed: Error, CustomStringConvertible {
    let words: String
    var description: String { words }
}
