import Foundation
import MaxConnector
import MaxCore

/// A conversation with a mail server, which only ever reads (RFC 9051 and RFC 3501).
actor IMAPClient {
    /// What the server can do, as it said last.
    private(set) var capabilities: Set<String> = []
    private let line: any UpstreamLine
    private let provider: String
    private let limits: IMAPLimits

    private init(_ line: any UpstreamLine, provider: String, limits: IMAPLimits) {
        self.line = line
        self.provider = provider
        self.limits = limits
    }

    /// Opens a line, hears the server's greeting and sets TLS up where that is asked for.
    ///
    /// - Throws: ``MaxCore/Problem`` on the rungs up to `answer`, with the provider's name in its sentence.
    static func open(
        _ request: LineRequest, over upstream: any Upstream, as operation: UpstreamOperation, provider: String,
        limits: IMAPLimits = IMAPLimits()
    ) async throws -> IMAPClient {
        IMAPClient(try await upstream.open(request, as: operation), provider: provider, limits: limits)
    }

    /// Signs in, and turns on what the server offers for reading what changed.
    ///
    /// - Throws: ``MaxCore/Problem`` of kind `auth` on the rung `signIn` when the server refuses; later calls through the
    ///   same upstream are refused then where the platform says so.
    func signIn(user: String, password: CredentialHandle<SecretValue>) async throws {}

    /// Whether the server can do that, such as `QRESYNC` or `X-GM-EXT-1`.
    func can(_ capability: String) -> Bool { capabilities.contains(capability) }

    /// The mailboxes whose names match a pattern; `*` is all of them.
    func mailboxes(matching pattern: String = "*") async throws -> [Mailbox] { [] }

    /// The numbers of a mailbox that is not open.
    func status(of mailbox: String) async throws -> MailboxStatus { MailboxStatus() }

    /// Opens a mailbox for reading only.
    ///
    /// - Parameter place: The place to which it was read; with QRESYNC the answer then tells what changed since.
    /// - Throws: ``MaxCore/Problem``; one whose ``MaxCore/Problem/isAbsence`` is true when there is no such mailbox.
    func open(_ mailbox: String, since place: MailboxPlace? = nil) async throws -> OpenMailbox { OpenMailbox() }

    /// The ids of the messages in the open mailbox that fit, such as `ALL`, `UID 17:*` and `SINCE 1-Feb-2026`.
    func search(_ criteria: String) async throws -> UIDSet { UIDSet() }

    /// Fetches messages of the open mailbox, and hands each out as it comes.
    ///
    /// - Parameters:
    ///   - items: What to ask of each; its unique id always comes with it.
    ///   - modSeq: Fetches only what changed after that modification sequence (CONDSTORE).
    /// - Returns: The ids that are gone since then, where the server can tell (QRESYNC).
    @discardableResult
    func fetch(
        _ ids: UIDSet, _ items: [FetchItem], changedSince modSeq: UInt64? = nil,
        each body: (FetchedMessage) async throws -> Void
    ) async throws -> UIDSet { UIDSet() }

    /// Fetches messages of the open mailbox.
    func fetch(_ ids: UIDSet, _ items: [FetchItem]) async throws -> [FetchedMessage] { [] }

    /// Asks for nothing, so that the server may tell what is new.
    func noop() async throws {}

    /// Takes leave and closes the line.
    func close() async { await line.close() }
}
