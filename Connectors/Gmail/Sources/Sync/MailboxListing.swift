import MaxConnector
import MaxCore

/// Which messages a mailbox has and how they are marked, and single messages.
struct MailboxListing {
    private let session: MailSession

    /// The largest page of a list.
    private static let mostMessages: Int = 5000

    init(_ session: MailSession) { self.session = session }

    /// A page of a mailbox's messages, in the order of their ids.
    func page(of name: String, from cursor: String?) async throws -> Page<Record> {
        let course = try await session.mailboxes()
        switch course.reading(of: name) {
        case .messages(let key):
            return try await marks(MailboxCourse.Spot(course: course, name: name, key: key), after: cursor)
        case .labelled:
            let refs = try await session.labels(course)[name] ?? []
            return Page(refs.map { Record(GmailMessage.self, id: $0.id, [:]) })
        case .unread: return Page([])
        }
    }

    private func marks(_ spot: MailboxCourse.Spot, after cursor: String?) async throws -> Page<Record> {
        try await session.use { line in
            let open = try await line.open(spot.name)
            let place = cursor.flatMap(MessageKey.init)
            if let place, place.validity != open.validity { throw Problem.cursorExpired }
            let there = try await line.client.search("ALL")
            let rest = place.map { there.subtracting(UIDSet(0...$0.uid)) } ?? there
            guard let chunk = rest.chunks(of: Self.mostMessages).first, let last = chunk.ranges.last?.upperBound else {
                return Page([], total: there.count)
            }
            let found = try await line.client.messages(chunk, MessageRecord.markItems(isGmail: spot.isGmail))
            let records = found.compactMap { message in
                message.uid.map {
                    Record(
                        GmailMessage.self, id: MessageKey(spot.key, open.validity, $0).id,
                        MessageRecord.marks(message, spot))
                }
            }
            let hasMore = there.ranges.last.map { $0.upperBound > last } ?? false
            let next = hasMore ? MessageKey(spot.key, open.validity, last).id : nil
            return Page(records, next: next, total: there.count)
        }
    }

    /// One message with what came with it.
    ///
    /// - Throws: ``MaxCore/Problem`` whose ``MaxCore/Problem/isAbsence`` is true when it is not there any more.
    func message(_ id: String) async throws -> MessageRecord {
        let course = try await session.mailboxes()
        guard let key = MessageKey(id),
            let mailbox = course.collected.first(where: { course.key(of: $0) == key.mailbox })
        else { throw Problem.messageGone }
        let spot = MailboxCourse.Spot(course: course, name: mailbox.name, key: key.mailbox)
        return try await session.use(for: mailbox.name) { line in
            guard try await line.open(mailbox.name).validity == key.validity else { throw Problem.messageGone }
            let items: [FetchItem] = MessageRecord.markItems(isGmail: spot.isGmail)
            let limit = MailboxFeed.mostOfMessage
            let found = try await line.client.messages(
                UIDSet(key.uid...key.uid), items + [.body(section: "", limit: limit)])
            guard let message = found.first, let bytes = message.whole else { throw Problem.messageGone }
            return MessageRecord(key, MailMessage([UInt8](bytes)), message, spot)
        }
    }
}

extension MailboxCourse {
    /// What the ids of a mailbox's messages begin with; nil where it is not read.
    func key(of mailbox: Mailbox) -> String? {
        if case .messages(let key) = reading(of: mailbox.name) { key } else { nil }
    }
}

extension Problem {
    /// The message that was asked for does not exist any more.
    fileprivate static let messageGone = Problem("gone", .permanent, "This message is not there any more.")
}

extension MailSession {
    /// The messages under each label, as the mailbox that holds everything tells.
    func labels(_ course: MailboxCourse) async throws -> [String: [MessageKey]] {
        if let labelled { return labelled }
        guard let archive = course.archive, let key = course.key(of: archive) else { return [:] }
        let found = try await use(for: archive.name) { line in
            let validity = try await line.open(archive.name).validity
            var found: [String: [MessageKey]] = [:]
            for try await message in line.client.fetch(UIDSet(1...UIDSet.last), [.gmailLabels]) {
                guard let uid = message.uid else { continue }
                for place in course.places(of: message.gmailLabels ?? []) where place != archive.name {
                    found[place, default: []].append(MessageKey(key, validity, uid))
                }
            }
            return found
        }
        labelled = found
        return found
    }
}
