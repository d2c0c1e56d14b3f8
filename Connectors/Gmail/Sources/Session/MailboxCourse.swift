/// The mailboxes of an account, and which of them are read.
///
/// Gmail shows every message in “All Mail”, once, and again under each of its labels. Where that mailbox can be seen it
/// alone is read, and labels are told by it. Elsewhere, and where its owner hides it from mail programs, every mailbox is
/// read for itself.
struct MailboxCourse: Sendable {
    /// Every mailbox, in the server's order.
    let all: [Mailbox]
    /// The mailbox that holds everything once; nil where there is none.
    let archive: Mailbox?

    init(_ all: [Mailbox], isGmail: Bool) {
        self.all = all
        archive = isGmail ? all.first { $0.use == .all && $0.isSelectable } : nil
    }

    /// The mailboxes that are read: not spam, not trash, and at Gmail the one that holds everything.
    var collected: [Mailbox] {
        if let archive { return [archive] }
        let wanted = all.filter { $0.isSelectable && $0.use != .junk && $0.use != .trash }
        // Mailboxes that gather what others hold are copies.
        let own = wanted.filter { $0.use != .all && $0.use != .flagged && $0.use != .important }
        return own.isEmpty ? wanted : own
    }

    /// The mailbox of that name.
    func mailbox(_ name: String) -> Mailbox? { all.first { $0.name == name } }

    /// How the mailbox of that name is read.
    func reading(of name: String) -> Reading {
        if let archive { return name == archive.name ? .messages(key: "all") : .labelled }
        return collected.contains { $0.name == name } ? .messages(key: name) : .unread
    }

    /// How a mailbox is read.
    enum Reading: Sendable, Hashable {
        /// Message by message; their ids begin with the key.
        case messages(key: String)
        /// Not: the mailbox that holds everything tells what is in it.
        case labelled
        /// Not at all.
        case unread
    }

    /// The names of the mailboxes that a message with those labels is in, the one that holds everything included.
    func places(of labels: [String]) -> [String] {
        let names = labels.compactMap { label in
            all.first { $0.isNamed(by: label) }?.name
        }
        var seen: Set<String> = []
        return ([archive?.name].compactMap(\.self) + names).filter { seen.insert($0).inserted }
    }
}

extension Mailbox {
    /// Whether it is the mailbox of a label, as `X-GM-LABELS` spells it: Gmail's own ones begin with a backslash.
    fileprivate func isNamed(by label: String) -> Bool {
        switch label.lowercased() {
        case "\\inbox": name.lowercased() == "inbox"
        case "\\sent": use == .sent
        case "\\draft", "\\drafts": use == .drafts
        case "\\starred", "\\flagged": use == .flagged
        case "\\important": use == .important
        default: name == label
        }
    }

    /// The label as people know it.
    static func words(for label: String) -> String { label.hasPrefix("\\") ? String(label.dropFirst()) : label }
}
