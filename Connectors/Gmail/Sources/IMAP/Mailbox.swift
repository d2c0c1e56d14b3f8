/// A mailbox as LIST tells of it (RFC 9051, section 7.3.1).
struct Mailbox: Sendable, Hashable {
    /// Its whole name, decoded, with the server's separator between the levels.
    var name: String
    /// What stands between the levels of a name; nil where there are none.
    var separator: Character?
    /// Its attributes in lower case, with their backslash, such as `\noselect` and `\hasnochildren`.
    var attributes: Set<String>
    /// What it is for, where the server tells (RFC 6154).
    var use: Use? { Use.allCases.first { attributes.contains($0.rawValue) } }
    /// Whether it can be opened.
    var isSelectable: Bool { attributes.isDisjoint(with: ["\\noselect", "\\nonexistent"]) }
    /// The name in parts, from the top level down.
    var path: [String] { separator.map { name.split(separator: $0).map(String.init) } ?? [name] }

    /// What a mailbox is for.
    enum Use: String, Sendable, Hashable, CaseIterable {
        case all = "\\all"
        case archive = "\\archive"
        case drafts = "\\drafts"
        case flagged = "\\flagged"
        case important = "\\important"
        case junk = "\\junk"
        case sent = "\\sent"
        case trash = "\\trash"
    }
}

/// The numbers that STATUS tells of a mailbox (RFC 9051, section 6.3.11); nil where it told none.
struct MailboxStatus: Sendable, Hashable {
    var messages: Int?
    var unseen: Int?
    var nextUID: UInt32?
    var validity: UInt32?
    /// The highest modification sequence (RFC 7162).
    var highestModSeq: UInt64?
}

/// The place to which a mailbox was read (RFC 7162).
struct MailboxPlace: Sendable, Hashable, Codable {
    /// Under which validity the unique ids were told.
    var validity: UInt32
    /// The modification sequence up to which changes are known.
    var modSeq: UInt64
}

/// A mailbox that is open for reading.
struct OpenMailbox: Sendable, Hashable {
    /// How many messages there are.
    var exists = 0
    /// The validity of unique ids: with another one, ids of earlier are worth nothing.
    var validity: UInt32 = 0
    /// The id that the next message will get; nil where the server does not tell.
    var nextUID: UInt32?
    /// The highest modification sequence; nil where the mailbox keeps none (NOMODSEQ).
    var highestModSeq: UInt64?
    /// The flags that messages may have.
    var flags: [String] = []
    /// Ids that are gone since the place that was asked from (QRESYNC).
    var vanished = UIDSet()
    /// Messages whose flags changed since then, or that are new (QRESYNC).
    var changed: [FetchedMessage] = []
}
