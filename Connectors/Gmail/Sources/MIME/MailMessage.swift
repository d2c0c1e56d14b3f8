import Foundation

/// A message as people read it: who, when, about what, the text, and what came with it (RFC 5322, RFC 2045 to 2049).
struct MailMessage: Sendable, Hashable {
    /// The id its sender gave it, without angle brackets.
    var messageID: String?
    /// The ids of the messages it answers to, the oldest first.
    var references: [String] = []
    var subject: String?
    var from: [MailAddress] = []
    var replyTo: [MailAddress] = []
    var to: [MailAddress] = []
    var cc: [MailAddress] = []
    var bcc: [MailAddress] = []
    /// When its sender says it was written.
    var date: Date?
    /// The plain text.
    var text = ""
    var attachments: [MailAttachment] = []
    /// Whether text or parts were left out because there was too much of it.
    var isCut = false

    /// Reads a message; whatever is broken in it costs that much and no more.
    init(_ bytes: [UInt8], _ limits: MailLimits = MailLimits()) {
        var reader = PartReader(limits)
        let whole = reader.read(bytes[...])
        self.init(header: whole.header, limits)
        let body = BodyText.of(whole, limits)
        text = body.text
        attachments = whole.attachments(limits)
        isCut = body.isCut || reader.isCut
    }

    /// Reads what the header tells.
    init(header: HeaderBlock, _ limits: MailLimits = MailLimits()) {
        messageID = header.first("message-id").flatMap { Self.ids($0, 1).first }
        references = Self.references(header, limits)
        subject = header.first("subject").map { EncodedWords.decode($0, limit: limits.lineBytes) }
        from = Self.addresses(header, "from", limits)
        replyTo = Self.addresses(header, "reply-to", limits)
        to = Self.addresses(header, "to", limits)
        cc = Self.addresses(header, "cc", limits)
        bcc = Self.addresses(header, "bcc", limits)
        date = header.first("date").flatMap(MailDate.parse)
    }

    /// The first words of the text on one line.
    var snippet: String { EncodedWords.line(text, 200) }

    private static func addresses(_ header: HeaderBlock, _ name: String, _ limits: MailLimits) -> [MailAddress] {
        Array(header.all(name).flatMap { MailAddress.list($0, limits) }.prefix(limits.addresses))
    }

    /// What `References` names, and `In-Reply-To` where that names nothing (RFC 5322, section 3.6.4).
    private static func references(_ header: HeaderBlock, _ limits: MailLimits) -> [String] {
        let references = header.first("references").map { ids($0, limits.references) } ?? []
        return references.isEmpty ? header.first("in-reply-to").map { ids($0, 1) } ?? [] : references
    }

    /// The message ids of a field: what stands in angle brackets, or the bare word of a broken program.
    private static func ids(_ bytes: Bytes, _ most: Int) -> [String] {
        var ids: [String] = []
        var place = bytes.startIndex
        while ids.count < most, let start = bytes.place(of: .less, from: place),
            let end = bytes.place(of: .greater, from: start)
        {
            add(bytes[(start + 1)..<end], to: &ids)
            place = end + 1
        }
        if ids.isEmpty, let word = bytes.split(whereSeparator: \.isBlank).first(where: { $0.contains(.at) }) {
            add(word, to: &ids)
        }
        return ids
    }

    private static func add(_ bytes: Bytes, to ids: inout [String]) {
        let id = String(decoding: bytes.lazy.filter { $0 > .space && $0 != 0x7f }.prefix(500), as: UTF8.self)
        if !id.isEmpty { ids.append(id) }
    }
}
