/// What is asked of each message.
enum FetchItem: Sendable, Hashable {
    case flags
    case received
    case size
    case modSeq
    case envelope
    case structure
    /// The header, without marking the message as read.
    case header
    /// The bytes of a section, without marking the message as read; of `limit` bytes at most.
    ///
    /// The section is empty for the whole message, else as RFC 9051 writes it: `1.2`, `1.MIME`, `TEXT`.
    case body(section: String = "", limit: Int? = nil)
    case gmailMessage
    case gmailThread
    case gmailLabels

    /// The item as it is asked for.
    var wireName: String {
        switch self {
        case .flags: "FLAGS"
        case .received: "INTERNALDATE"
        case .size: "RFC822.SIZE"
        case .modSeq: "MODSEQ"
        case .envelope: "ENVELOPE"
        case .structure: "BODYSTRUCTURE"
        case .header: "BODY.PEEK[HEADER]"
        case .body(let section, let limit): "BODY.PEEK[\(section)]\(limit.map { "<0.\($0)>" } ?? "")"
        case .gmailMessage: "X-GM-MSGID"
        case .gmailThread: "X-GM-THRID"
        case .gmailLabels: "X-GM-LABELS"
        }
    }

    /// The section it asks for, in upper case; nil for what is no section.
    var section: String? {
        switch self {
        case .header: "HEADER"
        case .body(let section, _): section.uppercased()
        case .flags, .received, .size, .modSeq, .envelope, .structure, .gmailMessage, .gmailThread, .gmailLabels: nil
        }
    }
}
