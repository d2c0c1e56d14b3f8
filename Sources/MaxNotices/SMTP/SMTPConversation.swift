internal import Foundation
internal import MaxConnector
internal import MaxCore

/// A conversation with a mail server, in which one message is handed over (RFC 5321).
///
/// The server may be anybody's: what it says is bounded, is not repeated to anyone, and counts only when it was asked.
struct SMTPConversation {
    private let line: any UpstreamLine
    private let server: String
    private var reader = SMTPReplyReader()
    /// What the server offers, by keyword in upper case.
    private var offers: [String: [String]] = [:]

    /// The name that goes with EHLO: a machine at home has none that would mean anything elsewhere (section 4.1.3).
    private static let ownName = "[127.0.0.1]"

    /// Begins a conversation over a line that stands.
    ///
    /// - Parameter server: The server's host, for sentences.
    init(over line: any UpstreamLine, with server: String) {
        self.line = line
        self.server = server
    }

    /// Takes the greeting, and sees to it that nobody listens from here on.
    ///
    /// - Parameter startingTLS: Whether the line is open so far; a server that offers no STARTTLS is left then.
    /// - Throws: ``MaxCore/Problem``.
    mutating func open(startingTLS: Bool) async throws {
        let greeting = try await reply()
        guard greeting.isPositive else { throw Problem.mailServerBusy(server, greeting) }
        try await sayHello()
        guard startingTLS else { return }
        guard offers["STARTTLS"] != nil else { throw Problem.tlsNotOffered(server) }
        let answer = try await say("STARTTLS")
        guard answer.code == 220 else { throw Problem.tlsNotOffered(server) }
        guard reader.isEmpty else { throw Problem.mailNotUnderstood(server) }
        try await line.startTLS()
        // What was offered in the open may have come from anybody (RFC 3207, section 4.2).
        offers = [:]
        try await sayHello()
    }

    /// Signs in (RFC 4954).
    ///
    /// - Throws: ``MaxCore/Problem`` of kind `auth` when the server refuses.
    mutating func signIn(as user: String, _ password: CredentialHandle<SecretValue>) async throws {
        let ways = Set(offers["AUTH", default: []].map { $0.uppercased() })
        let answer: SMTPReply
        if ways.contains("PLAIN") {
            answer = try await say([.text("AUTH PLAIN "), .secret(password, .saslPlain(user: user))])
        } else if ways.contains("LOGIN") {
            answer = try await signInStepwise(as: user, password)
        } else {
            throw Problem.signInNotOffered(server)
        }
        if answer.isTransient { throw Problem.mailServerBusy(server, answer) }
        guard answer.code == 235 else { throw Problem.mailPasswordRefused(server, password) }
    }

    private mutating func signInStepwise(
        as user: String, _ password: CredentialHandle<SecretValue>
    ) async throws -> SMTPReply {
        for part in [
            [.text("AUTH LOGIN")], [.text(Data(user.utf8).base64EncodedString())],
        ] as [[LinePart]] {
            let answer = try await say(part)
            guard answer.code == 334 else { return answer }
        }
        return try await say([.secret(password, .base64)])
    }

    /// Hands a message over; when this returns, the server has taken it upon itself to deliver it.
    ///
    /// - Throws: ``MaxCore/Problem``.
    mutating func send(_ message: MailMessage) async throws {
        let sender = try await say("MAIL FROM:<\(message.from)>")
        guard sender.isPositive else { throw Problem.senderRefused(server, message.from, sender) }
        let recipient = try await say("RCPT TO:<\(message.to)>")
        guard recipient.isPositive else { throw Problem.recipientRefused(server, message.to, recipient) }
        let readiness = try await say("DATA")
        guard readiness.code == 354 else { throw Problem.messageRefused(server, readiness) }
        let end = try await say([.bytes(DotStuffing.stuffed(message.bytes)), .text(".")])
        guard end.isPositive else { throw Problem.messageRefused(server, end) }
    }

    /// Takes leave; whether the server hears it does not matter.
    mutating func quit() async {
        _ = try? await line.write([.text("QUIT\r\n")])
        await line.close()
    }

    private mutating func sayHello() async throws {
        let answer = try await say("EHLO \(Self.ownName)")
        guard answer.isPositive else { throw Problem.mailNotUnderstood(server) }
        for line in answer.lines.dropFirst() {
            let words = line.split(whereSeparator: { $0 == " " || $0 == "=" }).map(String.init)
            if let keyword = words.first { offers[keyword.uppercased(), default: []] += words.dropFirst() }
        }
    }

    private mutating func say(_ command: String) async throws -> SMTPReply { try await say([.text(command)]) }

    private mutating func say(_ command: [LinePart]) async throws -> SMTPReply {
        guard reader.isEmpty else { throw Problem.mailNotUnderstood(server) }
        try await line.write(command + [.text("\r\n")])
        return try await reply()
    }

    private mutating func reply() async throws -> SMTPReply {
        do {
            while true {
                if let reply = try reader.take() { return reply }
                guard let bytes = try await line.read() else { throw Problem.mailServerGone(server) }
                reader.append(bytes)
            }
        } catch is SMTPFault {
            throw Problem.mailNotUnderstood(server)
        }
    }
}

/// The text of a message as it goes over the line (RFC 5321, section 4.5.2).
enum DotStuffing {
    /// Doubles every full stop at the begin of a line, so that none of them ends the message.
    static func stuffed(_ bytes: Data) -> Data {
        var stuffed = Data(capacity: bytes.count + 16)
        var isAtStart = true
        for byte in bytes {
            if isAtStart, byte == UInt8(ascii: ".") { stuffed.append(byte) }
            stuffed.append(byte)
            isAtStart = byte == 0x0a
        }
        return stuffed
    }
}
