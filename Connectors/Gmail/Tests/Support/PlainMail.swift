import Foundation
import HostileServer
import MaxConnector
import Synchronization

@testable import GmailConnector

/// A mail server without extensions that holds what a test gives it, and says what a test wants to be said.
final class PlainMail: Sendable {
    /// What is in its one mailbox, INBOX, and how it speaks.
    struct State: Sendable {
        var capabilities = "IMAP4rev1"
        var validity: UInt32 = 5
        /// The flags of each message.
        var messages: [UInt32: String] = [:]
        /// What it says of modification sequences when the mailbox is opened, such as `NOMODSEQ`.
        var modSeq: String?
        /// Whether the mailbox can be opened.
        var isThere = true
        /// What it answers instead to commands that begin so; `TAG` stands for the command's tag.
        var answers: [String: String] = [:]
        /// What is said in place of something else.
        var lie: (truth: String, words: String)?
        /// The commands so far.
        var commands: [String] = []
        /// What was told so far, the ends of commands left out.
        var told: Set<String> = []
    }

    private let state: Mutex<State>

    init(_ ids: [UInt32] = [], _ change: (inout State) -> Void = { _ in }) {
        var state = State()
        state.messages = Dictionary(uniqueKeysWithValues: ids.map { ($0, "") })
        change(&state)
        self.state = Mutex(state)
    }

    /// The commands so far.
    var commands: [String] { state.withLock(\.commands) }

    /// What was told so far, the ends of commands left out.
    var told: Set<String> { state.withLock(\.told) }

    func change(_ change: (inout sending State) -> Void) { state.withLock { change(&$0) } }

    /// Runs `body` with the server of a connection that leads here.
    func serve<Result>(
        _ security: LineRequest.Security = .tls, _ body: (MailServer) async throws -> Result
    ) async throws -> Result {
        let greeting = state.withLock { "* OK [CAPABILITY \($0.capabilities)] hello\r\n" }
        let script = HostileServer.Script.lines(greeting: .text(greeting)) { line, _ in
            let answer = self.answer(line)
            return answer.hasPrefix("* BYE") ? [.text(answer), .close] : [.text(answer)]
        }
        let certificate = security == .tls ? TestCertificates.good : nil
        return try await HostileServer.run(script, certificate: certificate) { server in
            try await MailReach.upstream { upstream in
                try await body(
                    MailServer(
                        LineRequest(host: "localhost", port: server.port, security: security), user: "tim@example.test",
                        password: MailReach.password("secret"), over: upstream))
            }
        }
    }

    /// Runs `body` with a reader of the mailbox.
    func read<Result>(_ body: (inout Reader) async throws -> Result) async throws -> Result {
        try await serve { server in
            var reader = Reader(MailSession(server))
            let result = try await body(&reader)
            await reader.session.close()
            return result
        }
    }

    private func answer(_ line: String) -> String {
        let words = line.split(separator: " ", maxSplits: 1).map(String.init)
        let (tag, command) = (words[0], words.count > 1 ? words[1] : "")
        let (told, end) = state.withLock { state in
            state.commands.append(command)
            if let answer = state.answers.first(where: { command.hasPrefix($0.key) })?.value { return (answer, "") }
            let (told, end) = state.answer(command)
            state.told.insert(told)
            return (state.lie?.truth == told ? state.lie?.words ?? "" : told, end)
        }
        return (told + end).replacing("TAG", with: tag)
    }
}

extension PlainMail.State {
    /// What is told before the end of a command, and its end.
    fileprivate func answer(_ command: String) -> (told: String, end: String) {
        let words = command.split(separator: " ").map(String.init)
        if !isThere, ["EXAMINE", "STATUS"].contains(words[0]) { return ("", "TAG NO [NONEXISTENT] no\r\n") }
        let told =
            switch words[0] {
            case "CAPABILITY": "* CAPABILITY \(capabilities)\r\n"
            case "LIST": isThere ? "* LIST () \"/\" INBOX\r\n" : "* LIST () \"/\" Other\r\n"
            case "STATUS":
                "* STATUS INBOX (MESSAGES \(messages.count) UIDNEXT \(next) UIDVALIDITY \(validity)\(status))\r\n"
            case "EXAMINE":
                "* \(messages.count) EXISTS\r\n* OK [UIDVALIDITY \(validity)] x\r\n* OK [UIDNEXT \(next)] x\r\n"
                    + (modSeq.map { "* OK [\($0)] x\r\n" } ?? "")
            case "UID" where words[1] == "SEARCH":
                "* SEARCH \(messages.keys.sorted().map(String.init).joined(separator: " "))\r\n"
            case "UID" where words[1] == "FETCH": fetched(words[2], command)
            default: ""
            }
        return (told, "TAG OK done\r\n")
    }

    /// What STATUS tells of modification sequences.
    private var status: String { modSeq.map { $0.hasPrefix("HIGHESTMODSEQ") ? " \($0)" : "" } ?? "" }

    private var next: UInt32 { (messages.keys.max() ?? 0) + 1 }

    private func fetched(_ ids: String, _ command: String) -> String {
        guard let ids = UIDSet(parsing: ids) else { return "" }
        return messages.keys.sorted().filter(ids.contains).map { id in
            let name = "v\(validity)m\(id)"
            let text = "Subject: Message \(name)\r\nMessage-ID: <\(name)@example.test>\r\n\r\nwords\r\n"
            let body = command.contains("BODY") ? " BODY[] {\(text.utf8.count)}\r\n\(text)" : ""
            let marks = "FLAGS (\(messages[id] ?? "")) INTERNALDATE \"05-Jan-2026 09:10:11 +0100\" MODSEQ (\(id))"
            return "* 1 FETCH (UID \(id) \(marks) RFC822.SIZE \(text.utf8.count)\(body))\r\n"
        }.joined()
    }
}
