import Foundation

/// What one FETCH response tells of a message (RFC 9051, section 7.5.2); nil where it tells nothing.
struct FetchedMessage: Sendable, Hashable {
    /// Its number in the mailbox, which changes when others are removed.
    var number: UInt32
    /// Its unique id.
    var uid: UInt32?
    /// Its flags as they are written, such as `\Seen`.
    var flags: [String]?
    /// When the server received it.
    var received: Date?
    /// Its size in bytes.
    var size: Int?
    /// Its modification sequence (RFC 7162).
    var modSeq: UInt64?
    /// Gmail's own id of the message, the same in every label.
    var gmailMessage: UInt64?
    /// Gmail's own id of the conversation.
    var gmailThread: UInt64?
    /// Gmail's labels but for the one of the mailbox; system ones begin with a backslash.
    var gmailLabels: [String]?
    /// The envelope.
    var envelope: Envelope?
    /// The tree of its parts.
    var structure: BodyPart?
    /// The bytes of its sections, by name in upper case: `` is the whole message, then `HEADER`, `1.MIME` and so on.
    var sections: [String: Data] = [:]

    /// The whole message, or as much of it as was asked for.
    var whole: Data? { sections[""] }
    /// The header.
    var header: Data? { sections["HEADER"] }
}

extension FetchedMessage {
    /// Reads a FETCH response.
    ///
    /// - Throws: ``IMAPFault``.
    init(_ number: UInt32, _ values: [IMAPValue]) throws {
        self.init(number: number)
        guard let items = values.first?.list, items.count % 2 == 0 else { throw IMAPFault.garbled }
        for item in items.pairs { try take(item.name, item.value) }
    }

    /// Whether it is what was asked for, and not what a server tells of changes without being asked.
    func answers(_ items: [FetchItem], of ids: UIDSet) -> Bool {
        guard let uid, ids.contains(uid) else { return false }
        return items.allSatisfy { $0.section.map { sections[$0] != nil } ?? true }
    }

    private mutating func take(_ name: String, _ value: IMAPValue) throws {
        switch name {
        case "UID":
            guard let id = value.id else { throw IMAPFault.garbled }
            uid = id
        case "FLAGS": flags = value.list?.compactMap(\.text)
        case "INTERNALDATE": received = value.text.flatMap(Date.init(imap:))
        case "RFC822.SIZE": size = value.number()
        case "MODSEQ": modSeq = value.list?.first?.number()
        case "X-GM-MSGID": gmailMessage = value.number()
        case "X-GM-THRID": gmailThread = value.number()
        case "X-GM-LABELS":
            gmailLabels = value.list?.compactMap { $0.bytes.map { MailboxName.decode($0, isUTF8: false) } }
        case "ENVELOPE": envelope = try Envelope(value)
        case "BODYSTRUCTURE": structure = try BodyPart(value)
        default:
            guard name.hasPrefix("BODY["), let end = name.firstIndex(of: "]") else { return }
            sections[String(name[name.index(name.startIndex, offsetBy: 5)..<end])] = value.bytes ?? Data()
        }
    }
}
