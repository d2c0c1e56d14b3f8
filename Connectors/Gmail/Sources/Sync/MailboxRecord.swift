import MaxConnector
import MaxCore

extension Mailbox {
    /// What LIST tells of it.
    var record: Record {
        Record(
            GmailMailbox.self, id: name,
            [
                "name": .string(path.last ?? name), "path": .string(path.joined(separator: "/")),
                "use": JSON(use?.words ?? (name.lowercased() == "inbox" ? "inbox" : nil)),
                "isSelectable": .bool(isSelectable),
            ])
    }

    /// What STATUS tells of it.
    func record(_ status: MailboxStatus) -> Record {
        Record(
            GmailMailbox.self, id: name,
            [
                "messageCount": JSON(status.messages), "unreadCount": JSON(status.unseen),
                "uidValidity": JSON(status.validity.map { Int($0) }),
            ])
    }
}

extension Mailbox.Use {
    /// The use as a word, such as `sent`.
    fileprivate var words: String { String(rawValue.dropFirst()) }
}
