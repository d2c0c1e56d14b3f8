import Foundation

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

extension Envelope {
    /// Reads an envelope.
    ///
    /// - Throws: ``IMAPFault``.
    init(_ value: IMAPValue) throws {
        guard let values = value.list, values.count >= 10 else { throw IMAPFault.garbled }
        date = values[0].bytes
        subject = values[1].bytes
        from = try Self.addresses(values[2])
        sender = try Self.addresses(values[3])
        replyTo = try Self.addresses(values[4])
        to = try Self.addresses(values[5])
        cc = try Self.addresses(values[6])
        bcc = try Self.addresses(values[7])
        inReplyTo = values[8].bytes
        messageID = values[9].bytes
    }

    private static func addresses(_ value: IMAPValue) throws -> [Address] {
        try (value.list ?? []).map { value in
            guard let parts = value.list, parts.count >= 4 else { throw IMAPFault.garbled }
            return Address(name: parts[0].bytes, mailbox: parts[2].bytes, host: parts[3].bytes)
        }
    }
}
