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
}

/// The envelope of a message (RFC 9051, section 7.5.2), its texts as they stand in the header, not decoded.
struct Envelope: Sendable, Hashable {
    var date: Data?
    var subject: Data?
    var from: [Address] = []
    var sender: [Address] = []
    var replyTo: [Address] = []
    var to: [Address] = []
    var cc: [Address] = []
    var bcc: [Address] = []
    var inReplyTo: Data?
    var messageID: Data?

    /// A person, or the begin or end of a group (RFC 5322).
    struct Address: Sendable, Hashable {
        var name: Data?
        var mailbox: Data?
        var host: Data?
    }
}

/// A part of a message (RFC 9051, BODYSTRUCTURE).
struct BodyPart: Sendable, Hashable {
    /// Its number, such as `1.2`; empty for a message whose parts are numbered below it.
    var number: String
    /// Its media type in lower case, such as `text/plain` and `multipart/mixed`.
    var mediaType: String
    /// The parameters of its media type, names in lower case.
    var parameters: [String: Data] = [:]
    /// Its `Content-ID`.
    var contentID: Data?
    /// Its transfer encoding in lower case, such as `base64`.
    var encoding: String?
    /// Its size in bytes, encoded as it is.
    var size: Int?
    /// Its disposition in lower case, such as `attachment`.
    var disposition: String?
    /// The parameters of its disposition, names in lower case.
    var dispositionParameters: [String: Data] = [:]
    /// The parts inside it.
    var parts: [BodyPart] = []
}
