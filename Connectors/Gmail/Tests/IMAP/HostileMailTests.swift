import Foundation
import HostileServer
import MaxConnector
import MaxCore
import Testing

@testable import GmailConnector

/// The client against servers that refuse, break off, lie or never end.
struct HostileMailTests {
    /// A server that says what it can do, and answers other commands with `answer`, in which `TAG` is the tag.
    private func server(
        _ capabilities: String = "IMAP4rev1 SASL-IR AUTH=PLAIN", _ answer: @escaping @Sendable (String) -> String?
    ) -> HostileServer.Script {
        .lines(greeting: .text("* OK [CAPABILITY \(capabilities)] hello\r\n")) { line, _ in
            let words = line.split(separator: " ", maxSplits: 1).map(String.init)
            let tag = words.first ?? ""
            guard let text = answer(words.count > 1 ? words[1] : "") else { return [.close] }
            return [.text(text.replacing("TAG", with: tag))]
        }
    }

    private func signIn(_ client: IMAPClient, password: String = "secret") async throws {
        try await client.signIn(user: "tim@example.test", password: MailReach.password(password))
    }

    @Test(
        arguments: [
            ("NO [AUTHENTICATIONFAILED] Invalid credentials (Failure)", "credential_refused", Problem.Kind.auth),
            ("NO Invalid credentials", "credential_refused", .auth),
            (
                "NO [ALERT] Application-specific password required: https://support.google.com/accounts/answer/185833 (Failure)",
                "credential_refused", .auth
            ),
            ("NO [WEBALERT https://accounts.google.com/x] Web login required.", "web_login_required", .auth),
            ("NO [ALERT] Your account is not enabled for IMAP use. (Failure)", "imap_disabled", .auth),
            ("NO [ALERT] Too many simultaneous connections. (Failure)", "rate_limited", .retryable),
            ("NO [LIMIT] Enough.", "rate_limited", .retryable),
            ("NO [OVERQUOTA] Account exceeded command or bandwidth limits. (Failure)", "rate_limited", .retryable),
            ("NO [EXPIRED] That password is old.", "credential_refused", .auth),
            ("NO [UNAVAILABLE] User backend is down.", "provider_failed", .retryable),
            ("NO Temporary authentication failure.", "provider_failed", .retryable),
            ("BAD What?", "request_refused", .permanent),
        ])
    func `tells why a sign-in was refused`(row: (answer: String, code: String, kind: Problem.Kind)) async throws {
        try await MailReach.scripted(server { _ in "TAG \(row.answer)\r\n" }) { client, _ in
            let found = try await problem { try await signIn(client) }
            #expect(found?.code == row.code)
            #expect(found?.kind == row.kind)
            #expect(found?.sentence?.contains("Mail") == true)
            #expect(found?.rung == (row.kind == .auth ? .signIn : .answer))
        }
    }

    @Test(arguments: ["NO [UNAVAILABLE]", "NO", "NO [SERVERBUG]", "NO temporary error", "BYE", "* BYE"])
    func `tells nothing of what a server repeats`(beginning: String) async throws {
        let start = beginning.hasPrefix("*") ? beginning : "TAG " + beginning
        let echoing = server { line in "\(start) failed for \(line)\r\n" }
        try await MailReach.scripted(echoing) { client, _ in
            let found = try await problem { try await signIn(client, password: "canary-5e1f9c") }
            #expect(found?.sentence?.contains("canary") == false)
            #expect(found?.sentence?.contains("tim@") == false)
        }
    }

    @Test func `sends the password once, in base64 or quoted, and tells nobody`() async throws {
        let base64 = Data("\0tim@example.test\0se\"cret".utf8).base64EncodedString()
        let ways = [
            ("SASL-IR AUTH=PLAIN", ["AUTHENTICATE PLAIN \(base64)"]),
            ("AUTH=PLAIN", ["AUTHENTICATE PLAIN", base64]),
            ("IMAP4rev1", [#"LOGIN "tim@example.test" "se\"cret""#]),
            ("LITERAL+", [#"LOGIN "tim@example.test" {9+}"#, "se\"cret"]),
        ]
        for (capabilities, lines) in ways {
            let script = HostileServer.Script.lines(greeting: .text("* OK [CAPABILITY \(capabilities)] hi\r\n")) {
                line, _ in
                if line.hasSuffix("PLAIN") { return [.text("+ \r\n")] }
                if line.hasSuffix("+}") { return [] }
                return [.text("* CAPABILITY IMAP4rev1\r\nm1 OK in\r\nm2 OK told\r\n")]
            }
            try await MailReach.scripted(script) { client, server in
                _ = try await problem { try await signIn(client, password: "se\"cret") }
                let sent = server.requests.map { $0.hasPrefix("m1 ") ? String($0.dropFirst(3)) : $0 }
                #expect(Array(sent.prefix(lines.count)) == lines.map { $0.replacing("{9+}", with: "{7+}") })
            }
        }
    }

    @Test(arguments: ["pass\r\nword", "pass\nword", "pass\0word", "  "])
    func `sends no password with a line break in it`(password: String) async throws {
        for capabilities in ["SASL-IR AUTH=PLAIN", "IMAP4rev1", "LITERAL+"] {
            try await MailReach.scripted(server(capabilities) { _ in "TAG OK\r\n" }) { client, server in
                let found = try await problem { try await signIn(client, password: password) }
                #expect(found?.code == "credential_malformed")
                #expect(found?.field == "app_password")
                #expect(server.requests.isEmpty)
            }
        }
    }

    @Test(
        arguments: [
            [HostileMove.text("HTTP/1.1 400 Bad Request\r\n\r\n")], [.text("220 mail.example.test ESMTP\r\n")],
            [.text("* PREAUTH welcome, root\r\n")], [.text("\u{0}\u{1}\u{2}\r\n")], [.text("\r\n")],
            [.flood(Array(repeating: 0x78, count: 65_536))],
            [.flood(Array("* OK ".utf8) + Array(repeating: 0x78, count: 65_536))],
        ])
    func `takes nothing for a greeting that is none`(moves: [HostileMove]) async throws {
        var script = HostileServer.Script.lines { _, _ in [.hang] }
        script.onConnect = moves
        let found = try await problem { try await MailReach.scripted(script) { _, _ in } }
        #expect(found?.code == "answer_not_understood")
        #expect(found?.kind == .permanent)
    }

    @Test func `tells of a server that says farewell, closes or is silent`() async throws {
        let closing = try await problem {
            try await MailReach.scripted(.lines(greeting: .close) { _, _ in [] }) { _, _ in }
        }
        #expect(closing?.code == "connection_closed" || closing?.code == "tls_failed")
        let busy = try await problem {
            try await MailReach.scripted(
                .lines(greeting: .text("* BYE Too many connections from your IP\r\n"), .close) { _, _ in [] }
            ) { _, _ in }
        }
        #expect(busy?.code == "rate_limited")
        #expect(busy?.retryAfter == 60)
        let silent = try await problem {
            try await MailReach.scripted(.lines { _, _ in [] }, silence: .milliseconds(150)) { _, _ in }
        }
        #expect(silent?.code == "provider_silent")
    }

    @Test(
        arguments: [
            ("* LIST () \"/\" {99999999999}\r\n", "larger"), ("* LIST () \"/\" {20}\r\nshort\r\nTAG OK\r\n", nil),
            (String(repeating: "(", count: 200), "does not end"),
            ("* X (((\r\n", "not IMAP"),
            ("* X " + String(repeating: "(", count: 60) + "\r\n", "nested"), ("zz OK done\r\n", "not IMAP"),
            (String(repeating: "* 1 EXISTS\r\n", count: 300), "more than"), ("* LIST garbage\r\n", "not IMAP"),
        ] as [(String, String?)])
    func `stands what lies`(answer: String, words: String?) async throws {
        var limits = IMAPLimits()
        (limits.line, limits.depth, limits.responses) = (150, 32, 200)
        let silence = Duration.milliseconds(words == nil ? 300 : 60_000)
        let found = try await problem {
            try await MailReach.scripted(server { _ in answer }, silence: silence, limits: limits) { client, _ in
                let first = try await problem { try await client.mailboxes() }
                let again = try await problem { try await client.noop() }
                #expect(again == first)
                if let first { throw first }
            }
        }
        #expect(found?.code == (words == nil ? "provider_silent" : "answer_not_understood"))
        if let words { #expect(found?.sentence?.contains(words) == true) }
    }

    @Test func `hands out no message that was not asked for`() async throws {
        let answer =
            "* 1 FETCH (UID 1 FLAGS ())\r\n* 2 FETCH (FLAGS (\\Seen))\r\n* 9 FETCH (UID 9 BODY[] {1}\r\nx)\r\n"
            + "* 3 EXPUNGE\r\n* 2 FETCH (UID 2 BODY[] {3}\r\nabc FLAGS ())\r\nTAG OK\r\n"
        try await MailReach.scripted(server { _ in answer }) { client, _ in
            #expect(try await client.messages(UIDSet(1...2), [.body()]).map(\.uid) == [2])
            var streamed: [UInt32?] = []
            for try await message in client.fetch(UIDSet(1...2), [.body()]) { streamed.append(message.uid) }
            #expect(streamed == [2])
        }
    }

    @Test(
        arguments: [
            ("NO [NONEXISTENT] Unknown Mailbox: x (Failure)", "not_found"),
            ("NO Mailbox doesn't exist: x", "not_found"),
            ("NO [NOPERM] no", "forbidden"), ("NO [UNAVAILABLE] later", "provider_failed"),
            ("NO [INUSE] busy", "provider_failed"), ("BAD [CLIENTBUG] what", "request_refused"),
            ("NO [LIMIT] enough", "rate_limited"), ("OK without a validity", "answer_not_understood"),
        ])
    func `tells why a mailbox cannot be opened`(answer: String, code: String) async throws {
        try await MailReach.scripted(server { _ in "TAG \(answer)\r\n" }) { client, _ in
            let found = try await problem { try await client.open("x") }
            #expect(found?.code == code)
        }
    }

    @Test func `sends names of mailboxes so that they end nothing`() async throws {
        let script = server("IMAP4rev1 LITERAL-") { line in
            line.hasPrefix("EXAMINE") || line.hasPrefix("STATUS") ? "TAG NO [NONEXISTENT] no\r\n" : ""
        }
        try await MailReach.scripted(script) { client, server in
            _ = try await problem { try await client.open("a\"b\\c") }
            #expect(server.requests.last == #"m1 EXAMINE "a\"b\\c""#)
            for name in ["a\r\nm9 DELETE b", "a\nb", "a\0"] {
                #expect(try await problem { try await client.open(name) }?.code == "invalid_request")
                #expect(try await problem { try await client.status(of: name) }?.code == "invalid_request")
                #expect(try await problem { try await client.search(name) }?.code == "invalid_request")
            }
            #expect(server.requests.count == 1)
        }
    }

    @Test func `reads names and labels in UTF-8 where the server agrees to that`() async throws {
        let script = server("IMAP4rev1 ENABLE UTF8=ACCEPT AUTH=PLAIN SASL-IR") { line in
            switch line.split(separator: " ").first {
            case "ENABLE": "* ENABLED UTF8=ACCEPT\r\nTAG OK\r\n"
            case "LIST": "* LIST (\\Sent) \"/\" \"Envoyés & Co\"\r\nTAG OK\r\n"
            case "EXAMINE": "* OK [UIDVALIDITY 3] x\r\nTAG OK\r\n"
            case "CAPABILITY": "* CAPABILITY IMAP4rev1 ENABLE UTF8=ACCEPT\r\nTAG OK\r\n"
            default: "TAG OK\r\n"
            }
        }
        try await MailReach.scripted(script) { client, server in
            try await signIn(client)
            let mailbox = try #require(try await client.mailboxes().first)
            #expect(mailbox.name == "Envoyés & Co" && mailbox.use == .sent)
            _ = try await client.open(mailbox.name)
            #expect(server.requests.last?.hasSuffix("EXAMINE \"Envoyés & Co\"") == true)
        }
    }
}

/// The client on lines where TLS comes later.
struct StartTLSTests {
    private func server(
        _ capabilities: String = "IMAP4rev1 STARTTLS LOGINDISABLED", _ agreed: HostileMove...
    ) -> HostileServer.Script {
        let capable = "* CAPABILITY \(capabilities)\r\nm1 OK\r\n"
        let later = "* CAPABILITY IMAP4rev1 AUTH=PLAIN SASL-IR\r\nm3 OK\r\n"
        var script = HostileServer.Script.lines(greeting: .text("* OK hi\r\n")) { line, _ in
            switch line {
            case "m1 CAPABILITY": [.text(capable)]
            case "m2 STARTTLS": agreed.isEmpty ? [.startTLS(Array("m2 OK go\r\n".utf8))] : agreed
            case "m3 CAPABILITY": [.text(later)]
            default: [.text("\(line.prefix { $0 != " " }) NO [AUTHENTICATIONFAILED] no\r\n")]
            }
        }
        script.startsTLS = true
        return script
    }

    @Test func `believes only what was said under TLS`() async throws {
        try await MailReach.scripted(server(), security: .startTLS) { client, _ in
            #expect(await client.capabilities == ["IMAP4REV1", "AUTH=PLAIN", "SASL-IR"])
        }
    }

    @Test func `goes no further when the offer was taken out or taken back`() async throws {
        for script in [server("IMAP4rev1 AUTH=PLAIN"), server("STARTTLS", .text("m2 NO not now\r\n"))] {
            let found = try await problem {
                try await MailReach.scripted(script, security: .startTLS) { _, _ in }
            }
            #expect(found?.code == "starttls_missing")
            #expect(found?.rung == .tls)
        }
    }

    @Test(arguments: [
        HostileMove.startTLS(Array("m2 OK go\r\n* CAPABILITY IMAP4rev1 AUTH=PLAIN\r\nm3 OK\r\n".utf8)),
        .startTLS(Array("m2 OK go\r\nm3 OK [CAP".utf8)),
    ])
    func `refuses what was said in the open to count under TLS`(move: HostileMove) async throws {
        let found = try await problem {
            try await MailReach.scripted(server("STARTTLS", move), security: .startTLS) { _, _ in }
        }
        #expect(["tls_injected", "tls_not_spoken"].contains(found?.code))
        #expect(found?.rung == .tls)
    }

    @Test(
        arguments: [
            (TestCertificates.expired, "certificate_expired"), (TestCertificates.otherName, "certificate_wrong_name"),
            (TestCertificates.selfSigned, "certificate_unknown_authority"),
        ])
    func `tells why a certificate is not believed`(pem: String, code: String) async throws {
        let found = try await problem {
            try await MailReach.scripted(server(), certificate: pem, security: .startTLS) { _, _ in }
        }
        #expect(found?.code == code)
    }
}
