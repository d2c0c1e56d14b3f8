import Foundation
import HostileServer
import MaxConnector
import MaxCore
import MaxHTTP
import MaxHub
import NIOSSL
import NoticeReceivers
import Testing

@testable import MaxNotices

/// Ways to servers on loopback, over the platform's own way out.
enum MailRoom {
    static let login = MailReceiver.Login(user: "dana", password: "correct horse")

    /// Runs `body` with a way out that believes the test authority.
    static func outbound<Result>(
        silence: Duration = .seconds(60), _ body: (Outbound) async throws -> Result
    ) async throws -> Result {
        let authority = try NIOSSLCertificate.fromPEMBytes(Array(TestCertificates.authority.utf8))
        let resolver = HostResolver { _ in [IPAddress("127.0.0.1")!] }
        var limits = OutboundLimits()
        limits.lineSilence = silence
        // A busy machine is not what is tested.
        (limits.lookup, limits.connect, limits.handshake) = (.seconds(60), .seconds(60), .seconds(60))
        let outbound = Outbound(resolver: resolver, trustRoots: .certificates(authority), limits: limits)
        do {
            let result = try await body(outbound)
            await outbound.shutdown()
            return result
        } catch {
            await outbound.shutdown()
            throw error
        }
    }

    /// A message to hand over.
    static func message(_ text: String = "Hello") throws -> MailMessage {
        try MailMessage(
            from: MailAddress("max@example.com"), to: MailAddress("dana@example.org"), subject: "Subject", text: text,
            date: Date(timeIntervalSince1970: 1_795_312_805), id: "msg1")
    }

    /// Hands a message over to a server on a port.
    static func send(
        _ message: MailMessage? = nil, to port: Int, _ security: LineRequest.Security, as user: String? = login.user,
        password: String = login.password, allowing hosts: Set<String> = ["localhost"], over outbound: Outbound
    ) async throws {
        let sending = MailSending(
            upstreams: outbound,
            server: MailServer(host: "localhost", port: port, security: security, user: user),
            password: CredentialHandle(name: "password", label: "Password") { SecretValue(password) },
            allowedHosts: hosts)
        try await sending.send(message ?? Self.message())
    }

    /// The problem that `work` ends in; nil when it ends well.
    static func problem(_ work: () async throws -> some Any) async throws -> Problem? {
        do {
            _ = try await work()
            return nil
        } catch let problem as Problem {
            return problem
        }
    }
}
