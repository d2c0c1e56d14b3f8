import Foundation
import MaxConnector
import MaxCore

/// The mail server of an account, and how to sign in to it.
struct MailServer: Sendable {
    private let request: LineRequest
    private let user: String
    private let password: CredentialHandle<SecretValue>
    private let upstream: any Upstream
    private let isGmail: Bool

    init(_ config: GmailConfig, _ credentials: CredentialProvider, _ upstream: any Upstream) {
        request = LineRequest(
            host: config.host, port: config.port, security: LineRequest.Security(rawValue: config.security) ?? .tls,
            provider: GmailConfig.isGmail(config.host) ? nil : config.host)
        user = config.address.trimmingCharacters(in: .whitespacesAndNewlines)
        isGmail = GmailConfig.isGmail(config.host)
        let handle = credentials.get(GmailCredentials.password)
        password = isGmail ? handle.withoutBlanks : handle.ofMailbox
        self.upstream = upstream
    }

    /// Creates a server that is not Gmail's.
    init(
        _ request: LineRequest, user: String, password: CredentialHandle<SecretValue>, over upstream: any Upstream
    ) {
        (self.request, self.user, self.password, self.upstream) = (request, user, password, upstream)
        isGmail = false
    }

    /// Checks what can be told of the password before anybody is asked.
    ///
    /// - Throws: ``MaxCore/Problem`` at the question for it.
    func checkPassword() async throws {
        guard isGmail else { return }
        let isAppPassword = try await password.get().withText(GmailCredentials.isAppPassword)
        guard isAppPassword else { throw Problem.notAnAppPassword }
    }

    /// Opens a line and hears the server's greeting.
    func dial() async throws -> IMAPClient {
        try await IMAPClient.open(request, over: upstream, as: .mail, provider: isGmail ? "Gmail" : request.host)
    }

    /// Signs in.
    ///
    /// - Parameter isLast: Whether a refusal is believed, so that nobody asks again before the owner acts.
    /// - Throws: ``MaxCore/Problem``; at Gmail with the page that mends it.
    func signIn(_ client: IMAPClient, isLast: Bool = true) async throws {
        try await atGoogle(client) { try await client.signIn(user: user, password: password, isLast: isLast) }
    }

    /// The mailboxes of a client that is signed in.
    func mailboxes(_ client: IMAPClient) async throws -> MailboxCourse {
        try await atGoogle(client) {
            do { return MailboxCourse(try await client.mailboxes(), isGmail: await client.isGmail) } catch let problem
                as Problem
            { throw problem.aboutPermissions(at: await client.refusals.provider) }
        }
    }

    /// The first mailbox that is read.
    ///
    /// - Throws: ``MaxCore/Problem`` where there is none.
    func firstMailbox(of course: MailboxCourse, _ client: IMAPClient) async throws -> Mailbox {
        try await atGoogle(client) {
            guard let first = course.collected.first else {
                throw Problem.noMailbox(at: await client.refusals.provider)
            }
            return first
        }
    }

    /// Does `work`; a problem at Gmail comes with the page of Google's that mends it.
    private func atGoogle<Result>(_ client: IMAPClient, _ work: () async throws -> Result) async throws -> Result {
        do { return try await work() } catch let problem as Problem {
            throw await client.isGmail || isGmail ? problem.atGoogle : problem
        }
    }
}

extension UpstreamOperation {
    /// A conversation with the mail server; Gmail ends further ones when an account has more than fifteen, and its owner's
    /// programs want some.
    static let mail = UpstreamOperation("mail", concurrency: 3)
}

extension CredentialHandle<SecretValue> {
    /// The same secret without the blanks in which Google shows it.
    fileprivate var withoutBlanks: CredentialHandle<SecretValue> {
        CredentialHandle(name: name, label: label) {
            try await get().withText { text in SecretValue(String(text.filter { !$0.isWhitespace })) }
        }
    }

    /// The same secret by the name it has where there are no app passwords.
    fileprivate var ofMailbox: CredentialHandle<SecretValue> {
        CredentialHandle(name: name, label: "Password") { try await get() }
    }
}
