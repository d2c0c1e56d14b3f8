import GmailSandbox
import HostileServer
import MaxConnector
import MaxCore
import NIOCore
import NIOSSL
import Testing

@testable import GmailConnector

/// The double of Gmail, as the connector's own client meets it.
@Suite struct GmailDoubleTests {
    @Test func `speaks TLS from the first byte where it is set up for that`() async throws {
        let context = try NIOSSLContext(configuration: Self.configuration)
        let options = GmailSandboxOptions(messages: 3) { channel in
            try channel.pipeline.syncOperations.addHandler(NIOSSLServerHandler(context: context))
        }
        try await GmailSandbox.serve(options) { provider, _ in
            try await MailReach.upstream { upstream in
                let session = MailSession(mailServer(provider, .tls, over: upstream))
                let names = try await session.mailboxes().all.map(\.name)
                #expect(names.contains("INBOX"))
                await session.close()
            }
        }
    }

    @Test func `a password that is refused once is asked for again, and one that stays refused is not`() async throws {
        try await GmailSandbox.serve(GmailSandboxOptions(messages: 3)) { provider, _ in
            try await MailReach.upstream { upstream in
                let session = MailSession(mailServer(provider, .none, .flaps, over: upstream))
                #expect(try await session.mailboxes().all.isEmpty == false)
                await session.close()
                let revoked = MailSession(mailServer(provider, .none, .revoked, over: upstream))
                let found = try await problem { try await revoked.mailboxes() }
                #expect(found?.code == "credential_refused")
            }
        }
    }

    @Test func `concludes nothing from a success that tells nothing`() async throws {
        try await GmailSandbox.serve(GmailSandboxOptions(messages: 3)) { provider, _ in
            try await MailReach.upstream { upstream in
                let server = mailServer(provider, .none, .nothing, over: upstream)
                let client = try await server.dial()
                try await server.signIn(client)
                let mailboxes = try await problem { try await client.mailboxes() }
                let status = try await problem { try await client.status(of: "INBOX") }
                let search = try await problem { try await client.search("ALL") }
                let open = try await problem { try await client.open("INBOX") }
                for found in [mailboxes, status, search, open] { #expect(found?.code == "answer_not_understood") }
                await client.close()
            }
        }
    }

    private func mailServer(
        _ provider: GmailAddress, _ security: LineRequest.Security, _ fault: GmailFault? = nil,
        over upstream: any Upstream
    ) -> MailServer {
        let request = LineRequest(host: "localhost", port: provider.port, security: security)
        let password = fault.map(provider.password) ?? provider.account.password
        return MailServer(
            request, user: provider.account.address, password: MailReach.password(password), over: upstream)
    }

    private static var configuration: TLSConfiguration {
        get throws {
            let certificate = try NIOSSLCertificate.fromPEMBytes(Array(TestCertificates.good.utf8))
            return TLSConfiguration.makeServerConfiguration(
                certificateChain: certificate.map { .certificate($0) },
                privateKey: .privateKey(try NIOSSLPrivateKey(bytes: Array(TestCertificates.key.utf8), format: .pem)))
        }
    }
}
