/// The id of a message's record: the mailbox that holds it, that mailbox's validity, and its place in there.
///
/// It is what IMAP itself promises to stand for one message for ever (RFC 9051, section 2.3.1.1), and what every answer
/// about it is told by, also that it is gone. `Message-ID` would not do: it is the sender's word, missing, repeated, and
/// shared by copies. Nor would Gmail's `X-GM-MSGID`: Gmail tells of a deleted message only its place.
struct MessageKey: Sendable, Hashable {
    /// The mailbox: its name, or `all` for Gmail's mailbox of everything, whose name depends on the owner's language.
    let mailbox: String
    let validity: UInt32
    let uid: UInt32

    init(_ mailbox: String, _ validity: UInt32, _ uid: UInt32) {
        (self.mailbox, self.validity, self.uid) = (mailbox, validity, uid)
    }

    /// Reads an id; nil when it is none.
    init?(_ id: String) {
        let parts = id.split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count > 2, let validity = UInt32(parts[parts.count - 2]), let uid = UInt32(parts[parts.count - 1])
        else { return nil }
        self.init(parts.dropLast(2).joined(separator: "/"), validity, uid)
    }

    var id: String { "\(mailbox)/\(validity)/\(uid)" }
}
