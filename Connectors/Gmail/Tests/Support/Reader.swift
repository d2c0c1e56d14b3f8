import Dovecot
import MaxConnector
import MaxCore

@testable import GmailConnector

/// Somebody who reads mailboxes as the platform does: page after page, keeping what is told.
struct Reader {
    let session: MailSession
    /// What is kept of each message.
    private(set) var messages: [String: [String: JSON]] = [:]
    private(set) var attachments: Set<String> = []
    /// The place in each mailbox's feed.
    private var places: [String: String] = [:]
    /// How the last reading went.
    private(set) var pages = 0
    private(set) var told = 0
    private(set) var gone = 0
    /// The most messages that came in one page.
    private(set) var largestPage = 0

    init(_ session: MailSession) { self.session = session }

    /// Runs `body` with a reader of a server's mail.
    static func read<Result>(_ server: Dovecot, _ body: (inout Reader) async throws -> Result) async throws -> Result {
        try await MailReach.upstream { upstream in
            let request = LineRequest(host: "localhost", port: server.port, security: .tls)
            let session = MailSession(
                MailServer(request, user: server.user, password: MailReach.password(server.password), over: upstream))
            var reader = Reader(session)
            let result = try await body(&reader)
            await session.close()
            return result
        }
    }

    /// Reads a mailbox's feed to its end.
    mutating func read(_ mailbox: String = "INBOX") async throws {
        (pages, told, gone, largestPage) = (0, 0, 0, 0)
        var place = places[mailbox]
        repeat {
            let page = try await MailboxFeed(mailbox, session).page(from: place)
            take(page)
            place = page.next
            places[mailbox] = page.resume ?? places[mailbox]
        } while place != nil
    }

    /// Reads one page only, as when a sync is killed.
    mutating func readPage(_ mailbox: String = "INBOX") async throws {
        (told, gone) = (0, 0)
        let page = try await MailboxFeed(mailbox, session).page(from: places[mailbox])
        take(page)
        places[mailbox] = page.resume
    }

    private mutating func take(_ page: SourcePage) {
        pages += 1
        let found = page.records.filter { $0.ref.entity == "GmailMessage" }
        told += found.count
        largestPage = max(largestPage, found.count)
        for record in found { messages[record.ref.id, default: [:]].merge(record.fields) { $1 } }
        attachments.formUnion(page.records.filter { $0.ref.entity == "GmailAttachment" }.map(\.ref.id))
        gone += page.gone.count
        for ref in page.gone { messages[ref.id] = nil }
    }

    /// The ids that the mailbox's list has, and how it marks each.
    func list(_ mailbox: String = "INBOX") async throws -> [String: [String: JSON]] {
        var (found, cursor): ([String: [String: JSON]], String?) = ([:], nil)
        repeat {
            let page = try await MailboxListing(session).page(of: mailbox, from: cursor)
            for record in page.items { found[record.ref.id] = record.fields }
            cursor = page.next
        } while cursor != nil
        return found
    }

    /// The subjects of what is kept, in order.
    var subjects: [String] { messages.values.compactMap { $0["subject"]?.string }.sorted() }
}
