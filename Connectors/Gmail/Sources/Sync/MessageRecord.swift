import Foundation
import MaxConnector
import MaxCore

/// A message with everything that came with it, as records and the edges between them.
struct MessageRecord: Sendable {
    let message: Record
    let thread: Record
    let attachments: [Record]
    /// The mailboxes it is in.
    let places: [String]

    /// The fields that tell how a message is marked; they change.
    static let markFields: Set<String> = [
        "receivedAt", "size", "isUnread", "isFlagged", "isAnswered", "isDraft", "flags", "labels", "gmailID",
    ]

    /// The fields that a message is made of; they never change.
    static let contentFields: Set<String> = [
        "subject", "from", "fromAddress", "to", "cc", "bcc", "replyTo", "date", "snippet", "text", "isTextCut",
        "hasAttachments", "messageID", "inReplyTo", "thread",
    ]

    /// What is asked of a message to tell how it is marked.
    static func markItems(isGmail: Bool) -> [FetchItem] {
        [.flags, .received, .size] + (isGmail ? [.gmailMessage, .gmailThread, .gmailLabels] : [])
    }

    /// Makes the records of a message that was fetched whole, or its beginning.
    init(_ key: MessageKey, _ mail: MailMessage, _ marks: FetchedMessage, _ mailbox: MailboxCourse.Spot) {
        let ref = Ref(GmailMessage.self, key.id)
        let thread = Self.thread(of: mail, marks, key)
        var fields = Self.marks(marks, mailbox)
        fields.merge(Self.content(mail)) { $1 }
        fields["thread"] = .string(thread)
        message = Record(GmailMessage.self, id: key.id, fields)
        self.thread = Record(GmailThread.self, id: thread, ["subject": JSON(mail.subject.map(Self.topic))])
        attachments = mail.attachments.map { $0.record(of: ref) }
        places = mailbox.places(of: marks)
    }

    /// What tells how a message is marked.
    static func marks(_ marks: FetchedMessage, _ mailbox: MailboxCourse.Spot) -> [String: JSON] {
        let flags = Set((marks.flags ?? []).map { $0.lowercased() })
        return [
            "receivedAt": JSON(marks.received.map(Self.text)), "size": JSON(marks.size),
            "isUnread": .bool(!flags.contains("\\seen")), "isFlagged": .bool(flags.contains("\\flagged")),
            "isAnswered": .bool(flags.contains("\\answered")), "isDraft": .bool(flags.contains("\\draft")),
            "flags": .array(flags.filter { $0 != "\\recent" }.sorted().map(JSON.string)),
            "labels": .array(mailbox.labels(of: marks).map(JSON.string)),
            "gmailID": JSON(marks.gmailMessage.map { String($0, radix: 16) }),
        ]
    }

    private static func content(_ mail: MailMessage) -> [String: JSON] {
        [
            "subject": JSON(mail.subject), "from": JSON(mail.from.first?.words),
            "fromAddress": JSON(mail.from.first?.key),
            "to": JSON(mail.to), "cc": JSON(mail.cc), "bcc": JSON(mail.bcc), "replyTo": JSON(mail.replyTo),
            "date": JSON(mail.date.map(text)), "snippet": .string(mail.snippet), "text": .string(mail.text),
            "isTextCut": .bool(mail.isCut), "hasAttachments": .bool(mail.attachments.contains { !$0.isInline }),
            "messageID": JSON(mail.messageID), "inReplyTo": JSON(mail.references.last),
        ]
    }

    /// The conversation's id: Gmail's own, else the first message that all the others answer to.
    private static func thread(of mail: MailMessage, _ marks: FetchedMessage, _ key: MessageKey) -> String {
        marks.gmailThread.map { String($0, radix: 16) } ?? mail.references.first ?? mail.messageID ?? key.id
    }

    /// A subject without what answers and forwards put in front of it.
    static func topic(_ subject: String) -> String {
        var topic = subject[...]
        while let prefix = prefix(of: topic) {
            topic = topic.dropFirst(prefix.count).drop(while: \.isWhitespace)
        }
        return String(topic)
    }

    private static func prefix(of topic: Substring) -> String? {
        let start = topic.prefix(4).lowercased()
        return prefixes.first { start.hasPrefix($0) }
    }

    /// What answers and forwards begin with, in lower case and of four letters at most.
    private static let prefixes = ["re:", "fw:", "fwd:", "aw:", "wg:", "sv:", "vs:", "tr:", "rif:"]

    private static func text(_ date: Date) -> String { date.formatted(.iso8601) }
}

extension MailAttachment {
    fileprivate func record(of message: Ref) -> Record {
        Record(
            GmailAttachment.self, id: "\(message.id)/\(part)",
            [
                "name": JSON(name), "type": .string(type), "size": JSON(size), "part": .string(part),
                "contentID": JSON(contentID), "isInline": .bool(isInline), "message": .string(message.id),
            ])
    }
}

extension MailAddress {
    /// The name with the address, as it is searched for.
    fileprivate var words: String {
        guard let name else { return address }
        return address.isEmpty ? name : "\(name) <\(address)>"
    }

    /// The address as it is compared; nil when there is none.
    fileprivate var key: String? { address.isEmpty ? nil : address.lowercased() }
}

extension JSON {
    /// The addresses as a list of objects with `name` and `address`.
    fileprivate init(_ addresses: [MailAddress]) {
        self = .array(addresses.map { ["name": JSON($0.name), "address": .string($0.address)] })
    }
}
