import MaxConnector
import MaxCore
import Synchronization

/// The lines to a mail server of one sync: opened when they are needed, each used by one caller at a time, closed in the end.
actor MailSession {
    private let server: MailServer
    private var idle: [MailLine] = []
    private let places = IMAPTurns(places: UpstreamOperation.mail.concurrency)
    private var isClosed = false
    private var course: MailboxCourse?
    /// The messages under each label, once somebody asked.
    var labelled: [String: [MessageKey]]?

    init(_ server: MailServer) { self.server = server }

    /// Runs `work` with a line of its own, if possible one that has that mailbox open.
    ///
    /// A line on which something went wrong is closed: nobody knows what would come next on it.
    nonisolated func use<Result: Sendable>(
        for mailbox: String? = nil, _ work: (MailLine) async throws -> Result
    ) async throws -> Result {
        let line = try await take(for: mailbox)
        do {
            let result = try await work(line)
            await give(line)
            return result
        } catch {
            await line.client.close()
            places.give()
            throw error
        }
    }

    /// The mailboxes as they were when this sync began to look, or as they are now.
    func mailboxes(anew: Bool = false) async throws -> MailboxCourse {
        if let course, !anew { return course }
        let server = server
        let fresh = try await use { try await server.mailboxes($0.client) }
        course = fresh
        return fresh
    }

    /// Closes every line.
    func close() async {
        isClosed = true
        let lines = idle
        idle = []
        for line in lines { await line.client.close() }
    }

    private func take(for mailbox: String?) async throws -> MailLine {
        try await places.take()
        do {
            if let place = idle.lastIndex(where: { $0.name == mailbox }) ?? idle.indices.last {
                return idle.remove(at: place)
            }
            return try await open()
        } catch {
            places.give()
            throw error
        }
    }

    /// Opens a line with a password that was good before: one refusal alone is not believed.
    private func open() async throws -> MailLine {
        do { return try await open(isLast: false) } catch let problem as Problem
            where problem.kind == .auth && problem.rung == .signIn
        { return try await open(isLast: true) }
    }

    private func open(isLast: Bool) async throws -> MailLine {
        let client = try await server.dial()
        do { try await server.signIn(client, isLast: isLast) } catch {
            await client.close()
            throw error
        }
        return MailLine(client)
    }

    private func give(_ line: MailLine) async {
        if isClosed { await line.client.close() } else { idle.append(line) }
        places.give()
    }
}

/// A line that is signed in, and the mailbox that is open on it.
final class MailLine: Sendable {
    let client: IMAPClient
    private let mailbox = Mutex<(name: String, open: OpenMailbox)?>(nil)

    init(_ client: IMAPClient) { self.client = client }

    /// The name of the mailbox that is open.
    var name: String? { mailbox.withLock { $0?.name } }

    /// Opens a mailbox for reading, as it is now.
    func open(_ name: String) async throws -> OpenMailbox {
        mailbox.withLock { $0 = nil }
        let open = try await client.open(name)
        mailbox.withLock { $0 = (name, open) }
        return open
    }

    /// The numbers of a mailbox as they are now: one that is open shows what it was when it was opened, and is left first.
    func status(of name: String) async throws -> MailboxStatus {
        if mailbox.withLock({ $0.take() }) != nil { try await client.leave() }
        return try await client.status(of: name)
    }

    /// Opens a mailbox for reading unless it is open.
    func reopen(_ name: String) async throws -> OpenMailbox {
        if let known = mailbox.withLock({ $0 }), known.name == name { return known.open }
        return try await open(name)
    }
}
