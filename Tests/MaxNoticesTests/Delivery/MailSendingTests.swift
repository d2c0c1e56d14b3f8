import Foundation
import HostileServer
import MaxConnector
import MaxCore
import MaxHub
import NoticeReceivers
import Testing

@testable import MaxNotices

@Suite(.timeLimit(.minutes(5))) struct MailSendingTests {
    private func manner(_ change: (inout MailReceiver.Manner) -> Void = { _ in }) -> MailReceiver.Manner {
        var manner = MailReceiver.Manner()
        manner.login = MailRoom.login
        manner.certificate = (TestCertificates.good, TestCertificates.key)
        change(&manner)
        return manner
    }

    @Test(arguments: [LineRequest.Security.tls, .startTLS], [["PLAIN", "LOGIN"], ["LOGIN"], ["PLAIN"]])
    func `a message arrives encrypted, whichever way there is to sign in`(
        _ security: LineRequest.Security, _ ways: [String]
    ) async throws {
        let manner = manner {
            $0.ways = ways
            $0.beginsWithTLS = security == .tls
        }
        try await MailReceiver.run(manner) { server in
            try await MailRoom.outbound { outbound in
                try await MailRoom.send(MailRoom.message(".\nfrom."), to: server.port, security, over: outbound)
                let mail = try #require(server.mails.all.first)
                #expect(mail.sender == "max@example.com")
                #expect(mail.recipients == ["dana@example.org"])
                #expect(mail.isEncrypted)
                #expect(mail.login == MailRoom.login)
                #expect(mail.text.hasSuffix("\r\n\r\n..\r\nfrom.\r\n"))
            }
        }
    }

    @Test func `on this machine a message may go unencrypted and without signing in`() async throws {
        try await MailReceiver.run { server in
            try await MailRoom.outbound { outbound in
                try await MailRoom.send(to: server.port, .none, as: nil, over: outbound)
                #expect(server.mails.all.count == 1)
                #expect(server.commands.all.filter { $0.hasPrefix("AUTH") }.isEmpty)
            }
        }
    }

    @Test func `a server that does not offer to encrypt hears neither password nor message`() async throws {
        try await MailReceiver.run(manner { $0.offersTLS = false }) { server in
            try await MailRoom.outbound { outbound in
                let problem = try await MailRoom.problem {
                    try await MailRoom.send(to: server.port, .startTLS, over: outbound)
                }
                #expect(problem?.code == "tls_not_offered")
                #expect(server.commands.all == ["EHLO [127.0.0.1]"])
            }
        }
    }

    @Test func `what is said in the open before TLS stands does not count as said under it`() async throws {
        let script = HostileServer.Script.lines(greeting: .text("220 hello\r\n")) { line, _ in
            line.hasPrefix("EHLO")
                ? [.text("250-hello\r\n250 STARTTLS\r\n")] : [.text("220 go on\r\n250-hello\r\n250 AUTH PLAIN\r\n")]
        }
        try await HostileServer.run(script) { server in
            try await MailRoom.outbound { outbound in
                let problem = try await MailRoom.problem {
                    try await MailRoom.send(to: server.port, .startTLS, over: outbound)
                }
                #expect(["answer_not_understood", "tls_injected"].contains(problem?.code))
                #expect(!server.requests.contains { $0.contains("AUTH") })
            }
        }
    }

    @Test func `a refused password is said to be the owner's to mend, and nothing of it is repeated`() async throws {
        let echo = manner { manner in
            manner.reply = { $0.hasPrefix("AUTH") ? "535 5.7.8 you said \($0)" : nil }
        }
        try await MailReceiver.run(echo) { server in
            try await MailRoom.outbound { outbound in
                let problem = try #require(
                    await MailRoom.problem { try await MailRoom.send(to: server.port, .startTLS, over: outbound) })
                #expect(problem.kind == .auth)
                #expect(problem.code == "credential_refused")
                let words = "\(problem)"
                #expect(!words.contains("correct horse"))
                #expect(!words.contains(Data("\0dana\0correct horse".utf8).base64EncodedString()))
            }
        }
    }

    @Test(arguments: [
        ("MAIL", "550 5.7.1 no", "mail_sender_refused", Problem.Kind.permanent),
        ("RCPT", "550 5.1.1 no", "mail_recipient_refused", .permanent),
        ("RCPT", "450 4.2.2 later", "mail_recipient_refused", .retryable),
        ("DATA", "451 4.3.0 later", "mail_refused", .retryable), (".", "554 5.6.0 no", "mail_refused", .permanent),
        (".", "452 4.3.1 full", "mail_refused", .retryable),
        ("EHLO", "502 what", "answer_not_understood", .retryable),
    ])
    func `what a server refuses is told in words, and by whether it may help to try again`(
        _ command: String, _ reply: String, _ code: String, _ kind: Problem.Kind
    ) async throws {
        let manner = manner { $0.reply = { $0.hasPrefix(command) ? reply : nil } }
        try await MailReceiver.run(manner) { server in
            try await MailRoom.outbound { outbound in
                let problem = try await MailRoom.problem {
                    try await MailRoom.send(to: server.port, .startTLS, over: outbound)
                }
                #expect(problem?.code == code)
                #expect(problem?.kind == kind)
                #expect(server.mails.all.isEmpty)
            }
        }
    }

    @Test(arguments: [
        HostileMove.text("not a mail server\r\n"), .text("220-hello\r\n221 hello\r\n"), .text("999 hello\r\n"),
        .text("220hello\r\n"), .flood(Array(repeating: UInt8(ascii: "x"), count: 4_000)),
        .flood(Array("220-and more\r\n".utf8)), .text("220 hello\r\n250 out of turn\r\n"), .text("554 go away\r\n"),
        .text("\u{0}\u{0}\u{0}\r\n"), .close, .reset,
    ])
    func `a server that is none, never ends or goes away is left in words`(_ greeting: HostileMove) async throws {
        try await HostileServer.run(.lines(greeting: greeting) { _, _ in [.hang] }) { server in
            try await MailRoom.outbound { outbound in
                let problem = try await MailRoom.problem {
                    try await MailRoom.send(to: server.port, .none, as: nil, over: outbound)
                }
                #expect(problem?.sentence?.hasPrefix("localhost ") == true)
            }
        }
    }

    @Test func `a server that falls silent is left`() async throws {
        try await HostileServer.run(.atOnce(.text("220 hello\r\n"), .hang)) { server in
            try await MailRoom.outbound(silence: .milliseconds(100)) { outbound in
                let problem = try await MailRoom.problem {
                    try await MailRoom.send(to: server.port, .none, as: nil, over: outbound)
                }
                #expect(problem?.code == "provider_silent")
            }
        }
    }

    @Test func `a server on this machine is called only when the owner allowed it`() async throws {
        try await MailReceiver.run(manner()) { server in
            try await MailRoom.outbound { outbound in
                await #expect(throws: PrivateAddressRefused.self) {
                    try await MailRoom.send(to: server.port, .startTLS, allowing: [], over: outbound)
                }
                #expect(server.commands.all.isEmpty)
            }
        }
    }

    @Test func `a password that would break the line is not sent`() async throws {
        try await MailReceiver.run(manner()) { server in
            try await MailRoom.outbound { outbound in
                let problem = try await MailRoom.problem {
                    try await MailRoom.send(to: server.port, .startTLS, password: "a\r\nRSET", over: outbound)
                }
                #expect(problem?.code == "credential_malformed")
                #expect(!server.commands.all.contains { $0.hasPrefix("AUTH") || $0 == "RSET" })
            }
        }
    }
}
