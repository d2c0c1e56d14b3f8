/// A label of the world, and the mailbox that shows it.
struct MailLabel: Sendable, Hashable {
    /// The mailbox's name.
    let name: String
    /// The attribute that says what it is for; nil for a label of the owner's own.
    var use: String?
    /// The label as messages have it; nil where the mailbox is none.
    var label: String?

    static let inbox = MailLabel(name: "INBOX", label: "\\Inbox")
    static let sent = MailLabel(name: "[Gmail]/Sent Mail", use: "\\Sent", label: "\\Sent")
    static let drafts = MailLabel(name: "[Gmail]/Drafts", use: "\\Drafts", label: "\\Draft")
    static let starred = MailLabel(name: "[Gmail]/Starred", use: "\\Flagged", label: "\\Starred")
    static let important = MailLabel(name: "[Gmail]/Important", use: "\\Important", label: "\\Important")
    static let all = MailLabel(name: "[Gmail]/All Mail", use: "\\All")
    static let spam = MailLabel(name: "[Gmail]/Spam", use: "\\Junk")
    static let trash = MailLabel(name: "[Gmail]/Trash", use: "\\Trash")
    static let folder = MailLabel(name: "[Gmail]", use: "\\Noselect")
    static let work = MailLabel(name: "Work", label: "Work")
    static let receipts = MailLabel(name: "Receipts/2026", label: "Receipts/2026")
    static let travel = MailLabel(name: "Reisen & Ausflüge", label: "Reisen & Ausflüge")
    static let family = MailLabel(name: "家族", label: "家族")

    /// Every mailbox, in the order in which they are listed.
    static let mailboxes = [
        inbox, MailLabel(name: "Receipts", label: "Receipts"), receipts, travel, work, folder, all, drafts, important,
        sent, spam, starred, trash, family,
    ]

    /// The labels that owners make.
    static let own = [work, receipts, travel, family]
}
