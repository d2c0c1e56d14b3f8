import Dovecot
import HostileServer
import MaxCore
import MaxHTTP
import MaxHub
import NIOSSL
import Testing

@testable import GmailConnector
@testable import MaxConnector

/// Ways to mail servers on loopback, over the platform's own lines.
enum MailReach {
    static let operation = UpstreamOperation("imap", concurrency: 4)

    static func password(_ text: String) -> CredentialHandle<SecretValue> {
        CredentialHandle(name: "app_password", label: "App password") { SecretValue(text) }
    }

    /// Runs `body` with a way out that believes the test authority.
    static func upstream<Result>(
        silence: Duration = .seconds(60), onRung: (@Sendable (RungNews) -> Void)? = nil,
        _ body: (any Upstream) async throws -> Result
    ) async throws -> Result {
        let authority = try NIOSSLCertificate.fromPEMBytes(Array(TestCertificates.authority.utf8))
        let resolver = HostResolver { _ in [IPAddress("127.0.0.1")!] }
        var limits = OutboundLimits.patient
        limits.lineSilence = silence
        let outbound = Outbound(resolver: resolver, trustRoots: .certificates(authority), limits: limits)
        let about = ConnectorDescriptor(
            name: "mail", displayName: "Mail", description: "", icon: "", version: "1", tier: .bronze, scopes: [],
            collects: [], doesNotCollect: [], egress: .configured(field: "host"), syncEvery: .seconds(3600))
        let route = UpstreamRoute(
            connector: about, hosts: ["localhost"], allowedPrivateHosts: ["localhost"], deadline: .seconds(60),
            onRung: onRung)
        do {
            let result = try await body(outbound.upstream(route))
            await outbound.shutdown()
            return result
        } catch {
            await outbound.shutdown()
            throw error
        }
    }

    /// Runs `body` with a client that is signed in to a server.
    static func signedIn<Result>(
        _ server: Dovecot, _ security: LineRequest.Security = .tls, _ body: (IMAPClient) async throws -> Result
    ) async throws -> Result {
        try await upstream { upstream in
            let client = try await open(server, security, over: upstream)
            try await client.signIn(user: server.user, password: password(server.password))
            let result = try await body(client)
            await client.close()
            return result
        }
    }

    /// Opens a line to a server.
    static func open(
        _ server: Dovecot, _ security: LineRequest.Security = .tls, over upstream: any Upstream
    ) async throws -> IMAPClient {
        let port = security == .tls ? server.port : server.startTLSPort
        return try await IMAPClient.open(
            LineRequest(host: "localhost", port: port, security: security), over: upstream, as: operation,
            provider: "Mail")
    }

    /// Runs `body` with a client that has heard a scripted server's greeting.
    static func scripted<Result>(
        _ script: HostileServer.Script, certificate: String? = TestCertificates.good,
        security: LineRequest.Security = .tls, silence: Duration = .seconds(60), limits: IMAPLimits = IMAPLimits(),
        _ body: (IMAPClient, HostileServer) async throws -> Result
    ) async throws -> Result {
        try await HostileServer.run(script, certificate: security == .none ? nil : certificate) { server in
            try await upstream(silence: silence) { upstream in
                let client = try await IMAPClient.open(
                    LineRequest(host: "localhost", port: server.port, security: security), over: upstream,
                    as: operation, provider: "Mail", limits: limits)
                return try await body(client, server)
            }
        }
    }
}

/// The problem that `work` ends in; nil when it ends well.
func problem(_ work: () async throws -> some Any) async throws -> Problem? {
    do {
        _ = try await work()
        return nil
    } catch let problem as Problem {
        return problem
    }
}
