internal import Dovecot
internal import Foundation
internal import GmailConnector
internal import HostileServer
internal import MaxConnector
internal import MaxCore
internal import MaxHTTP
internal import MaxHub
internal import MaxStore
internal import MaxSync
internal import MaxVault
internal import NIOSSL

/// A project with one connection, to a mail server on this machine, collected within this process.
///
/// The built program believes the system's authorities alone, and this server's certificate is from another.
struct MailProject: Sendable {
    private let bench: Workbench
    private let connection: ConnectionID
    private let outbound: Outbound
    private let service: SyncService

    /// Makes it in a folder that is empty; nothing is collected yet.
    init(_ folder: URL, of server: Dovecot) async throws {
        bench = try Workbench(privateFolder: folder)
        let config: [String: JSON] = [
            "address": .string(server.user), "host": "localhost", "port": .integer(Int64(server.port)),
            "security": "tls",
        ]
        connection = try await bench.store.addConnection("mail", to: "gmail", config: config, allowing: ["localhost"])
        try await bench.vault.credentials(of: connection, staged: false, purpose: "benchmark")
            .set("password", SecretValue(server.password))
        let authority = try NIOSSLCertificate.fromPEMBytes(Array(TestCertificates.authority.utf8))
        outbound = Outbound(trustRoots: .certificates(authority))
        service = SyncService(
            registry: ConnectorRegistry([.init("gmail") { gmail }]), connections: bench.store, runs: bench.store,
            records: bench.store, schedules: bench.store, keeper: bench.vault, upstreams: outbound,
            sandboxes: NoSandboxes(),
            surroundings: .real)
    }

    /// Runs `body` with a project that is gone afterwards.
    static func using<Value>(
        _ folder: URL, of server: Dovecot, _ body: (MailProject) async throws -> Value
    ) async throws -> Value {
        let project = try await MailProject(folder, of: server)
        let outcome = await Result { try await body(project) }
        await project.outbound.shutdown()
        return try outcome.get()
    }

    /// Syncs, and tells how long that took from the request to the end of the run.
    func sync() async throws -> Duration {
        let time = try await time {
            let run = try await service.perform(service.request(connection).id)
            guard run.state == .complete else { throw MailIncomplete(words: "\(run.state): \(run.ending as Any)") }
        }
        let stored = try await bench.store.tallies().first { $0.entity == "GmailMessage" }?.count ?? 0
        guard stored == SampleMail.count else { throw MailIncomplete(words: "\(stored) messages are stored") }
        return time
    }
}

/// Mail was not collected whole.
private struct MailIncomplete: Error, CustomStringConvertible {
    let words: String
    var description: String { words }
}
