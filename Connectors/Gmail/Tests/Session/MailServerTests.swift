import Foundation
import MaxConnector
import MaxCore
import Testing

@testable import GmailConnector

/// Whom a refusal names, and which pages it leads to.
struct MailServerTests {
    private static let refusals = [
        ("LOGIN", "TAG NO [AUTHENTICATIONFAILED] Invalid credentials", "credential_refused"),
        ("LOGIN", "TAG NO [AUTHENTICATIONFAILED] Please use an app password", "credential_refused"),
        ("LOGIN", "TAG NO [ALERT] Your account is not enabled for IMAP use.", "imap_disabled"),
        ("LOGIN", "TAG NO Web login required.", "web_login_required"),
        ("LIST", "TAG NO [NOPERM] no", "scope_missing"),
        ("LIST", "* LIST (\\Noselect) \"/\" INBOX\r\nTAG OK", "mailbox_missing"),
    ]

    @Test(arguments: refusals)
    func `names a server that is not Gmail's by its host, and leads to no page of Google's`(
        refusal: (command: String, answer: String, code: String)
    ) async throws {
        let found = try await ending(of: refusal, "IMAP4rev1")
        #expect(found?.code == refusal.code)
        #expect(found?.sentence?.contains("localhost") == true)
        #expect(found?.sentence?.contains("Gmail") == false)
        if case .link(_, let page) = found?.fix { Issue.record("\(page)") }
    }

    @Test(arguments: refusals)
    func `knows Gmail's by what none but it can do, and leads to Google's page`(
        refusal: (command: String, answer: String, code: String)
    ) async throws {
        let found = try await ending(of: refusal, "IMAP4rev1 X-GM-EXT-1")
        #expect(found?.code == refusal.code)
        #expect(found?.sentence?.contains("Gmail") == true)
        guard case .link(_, let page) = found?.fix else {
            Issue.record("no page")
            return
        }
        #expect(page.host()?.hasSuffix("google.com") == true)
    }

    @Test func `names a host that does not answer as mail servers do`() async throws {
        let mail = PlainMail { $0.answers = ["CAPABILITY": "\0\r\n"] }
        let found = try await mail.serve { server in
            try await problem { try await server.signIn(try await server.dial()) }
        }
        #expect(found?.sentence == "localhost answered with something that is not IMAP instead of mail.")
    }

    /// The problem that an account's check comes to where a command gets that answer.
    private func ending(
        of refusal: (command: String, answer: String, code: String), _ capabilities: String
    ) async throws -> Problem? {
        let mail = PlainMail {
            $0.capabilities = capabilities
            $0.answers = [refusal.command: refusal.answer + "\r\n"]
        }
        return try await mail.serve { server in
            try await problem {
                let client = try await server.dial()
                try await server.signIn(client)
                return try await server.firstMailbox(of: try await server.mailboxes(client), client)
            }
        }
    }
}
