import Foundation
import MaxConnector
import MaxCore

/// What is new, changed and gone in one mailbox, a page at a time.
///
/// The cursor is a ``MailboxState``. With nothing left to fetch a page begins by asking what changed; every page then
/// brings some of what is left, the newest messages first. A mailbox of which nothing changed costs one STATUS.
struct MailboxFeed {
    private let name: String
    private let session: MailSession

    /// The largest page.
    static let mostMessages = 250
    static let mostBytes = 8 << 20
    /// How much of a message is fetched; of a longer one the rest is attachments more often than not.
    static let mostOfMessage = 1 << 20

    init(_ name: String, _ session: MailSession) { (self.name, self.session) = (name, session) }

    /// The page from a place on; without one everything is told.
    func page(from cursor: String?) async throws -> SourcePage {
        let course = try await session.mailboxes()
        guard case .messages(let key) = course.reading(of: name) else {
            return SourcePage(records: [], resume: Self.notRead)
        }
        let spot = MailboxCourse.Spot(course: course, name: name, key: key)
        let state = cursor.flatMap(MailboxState.init(cursor:))
        return try await session.use(for: name) { line in
            if let state, state.left.isEmpty, state.isCurrent(try await line.status(of: name)) {
                return SourcePage(records: [], resume: state.cursor)
            }
            return try await MailboxVisit(line, spot).page(from: state)
        }
    }

    /// The place in the feed of a mailbox that is not read for itself.
    private static let notRead = "none"
}

extension MailboxCourse {
    /// One mailbox among the others.
    struct Spot: Sendable {
        let course: MailboxCourse
        let name: String
        /// What the ids of its messages begin with.
        let key: String

        var isGmail: Bool { course.archive != nil }

        /// The mailboxes that a message of it is in.
        func places(of message: FetchedMessage) -> [String] {
            isGmail ? course.places(of: message.gmailLabels ?? []) : [name]
        }

        /// The names of a message's labels, as people know them.
        func labels(of message: FetchedMessage) -> [String] {
            guard isGmail else { return [] }
            return (message.gmailLabels ?? []).map(Mailbox.words).sorted()
        }
    }
}

/// One page's time in an open mailbox.
private struct MailboxVisit {
    private let line: MailLine
    private let spot: MailboxCourse.Spot

    init(_ line: MailLine, _ spot: MailboxCourse.Spot) { (self.line, self.spot) = (line, spot) }

    func page(from earlier: MailboxState?) async throws -> SourcePage {
        var page = SourcePage(records: [])
        let isInTheMiddle = earlier?.left.isEmpty == false
        let open = isInTheMiddle ? try await line.reopen(spot.name) : try await line.open(spot.name)
        var state = earlier ?? MailboxState(validity: open.validity)
        if state.validity != open.validity {
            // Every id is worth nothing any more: what was told under the earlier ones is gone, and comes anew.
            page.gone += state.known.ids.map { ref(MessageKey(spot.key, state.validity, $0)) }
            state = MailboxState(validity: open.validity)
        }
        if state.left.isEmpty { try await look(open, &state, &page) }
        let hadLeft = !state.left.isEmpty
        try await fetch(&state, &page)
        page.resume = state.cursor
        // Once all is fetched the mailbox is asked again: what came meanwhile is not left to the next sync.
        page.next = hadLeft ? state.cursor : nil
        return page
    }

    private func ref(_ key: MessageKey) -> Ref { Ref(GmailMessage.self, key.id) }

    private func key(_ uid: UInt32, _ state: MailboxState) -> MessageKey { MessageKey(spot.key, state.validity, uid) }

    /// Finds what changed since the state: flags, messages that are gone, messages to fetch.
    private func look(_ open: OpenMailbox, _ state: inout MailboxState, _ page: inout SourcePage) async throws {
        let told = try await marks(open, &state, &page)
        let there: UIDSet
        if await line.client.isResyncing, state.modSeq != nil, open.highestModSeq != nil {
            let new = try await line.client.search("UID \(state.next):*")
            there = state.known.subtracting(told).union(new.subtracting(state.known))
        } else {
            there = try await line.client.search("ALL")
        }
        let gone = state.known.subtracting(there)
        page.gone += gone.ids.map { ref(key($0, state)) }
        state.known = state.known.subtracting(gone)
        state.left = there.subtracting(state.known)
        state.next = open.nextUID ?? there.ranges.last.map { max($0.upperBound, $0.upperBound &+ 1) } ?? state.next
        state.modSeq = open.highestModSeq
        page.records += try await counts()
    }

    /// Tells how known messages are marked: those that changed where the server can say which, else all.
    ///
    /// - Returns: The ids that the server says are gone.
    private func marks(
        _ open: OpenMailbox, _ state: inout MailboxState, _ page: inout SourcePage
    ) async throws -> UIDSet {
        guard !state.known.isEmpty, let last = state.known.ranges.last?.upperBound else { return UIDSet() }
        let since = open.highestModSeq == nil ? nil : state.modSeq
        if since != nil, since == open.highestModSeq { return UIDSet() }
        let items = MessageRecord.markItems(isGmail: spot.isGmail)
        let news =
            if let since {
                try await line.client.changes(in: UIDSet(1...last), items, since: since)
            } else {
                MailboxChanges(changed: try await line.client.messages(UIDSet(1...last), items))
            }
        for message in news.changed {
            guard let uid = message.uid, state.known.contains(uid) else { continue }
            let key = key(uid, state)
            page.records.append(Record(GmailMessage.self, id: key.id, MessageRecord.marks(message, spot)))
            page.links += places(spot.places(of: message), ref(key))
        }
        return news.vanished
    }

    /// How many messages there are now; at Gmail under each label too.
    private func counts() async throws -> [Record] {
        let mailboxes =
            spot.isGmail ? spot.course.all.filter(\.isSelectable) : [spot.course.mailbox(spot.name)].compactMap(\.self)
        var records: [Record] = []
        for mailbox in mailboxes {
            do { records.append(mailbox.record(try await line.client.status(of: mailbox.name))) } catch let problem
                as Problem
                where problem.isAbsence
            {}
        }
        return records
    }

    /// Fetches some of what is left, the newest first.
    private func fetch(_ state: inout MailboxState, _ page: inout SourcePage) async throws {
        let chunk = state.left.suffix(MailboxFeed.mostMessages)
        guard !chunk.isEmpty else { return }
        let marks = try await line.client.messages(chunk, MessageRecord.markItems(isGmail: spot.isGmail))
        let batch = MailBatch(marks, mostBytes: MailboxFeed.mostBytes, mostOfMessage: MailboxFeed.mostOfMessage)
        for part in [batch.whole, batch.large] where !part.isEmpty {
            let limit = part == batch.large ? MailboxFeed.mostOfMessage : nil
            let items: [FetchItem] = [.body(section: "", limit: limit)] + (limit == nil ? [] : [.structure])
            for try await fetched in line.client.fetch(part, items) {
                guard let uid = fetched.uid, let marks = batch.marks[uid], let bytes = fetched.whole else { continue }
                var mail = MailMessage([UInt8](bytes))
                if limit != nil { mail.takeAttachments(from: fetched.structure) }
                add(MessageRecord(key(uid, state), mail, marks, spot), to: &page)
                state.known.formUnion(UIDSet(uid...uid))
            }
        }
        state.left = state.left.subtracting(batch.passedOver(in: chunk))
    }

    private func add(_ found: MessageRecord, to page: inout SourcePage) {
        let ref = found.message.ref
        page.records += [found.thread, found.message] + found.attachments
        page.links += places(found.places, ref)
        page.links.append(.init(ref, "conversation", found.thread.ref))
        page.links += found.attachments.map { .init(ref, "attachments", $0.ref) }
    }

    private func places(_ mailboxes: [String], _ message: Ref) -> [SourcePage.Link] {
        mailboxes.map { .init(Ref(GmailMailbox.self, $0), "messages", message) }
    }
}
