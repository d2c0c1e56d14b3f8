/// The text of a message as people would read it: the plain text it carries, else what its HTML says.
struct BodyText {
    private let limits: MailLimits
    private var bytes: [UInt8] = []
    private(set) var isCut = false

    /// The text of a message, and whether it is only the beginning.
    static func of(_ message: MailPart, _ limits: MailLimits) -> (text: String, isCut: Bool) {
        var body = BodyText(limits: limits)
        body.add(message)
        if body.bytes.isEmpty, let inner = message.message.first { body.add(inner) }
        return (String(decoding: body.tidied, as: UTF8.self), body.isCut)
    }

    private init(limits: MailLimits) { self.limits = limits }

    private mutating func add(_ part: MailPart) {
        guard bytes.count < limits.textBytes else {
            isCut = true
            return
        }
        if part.isMultipart {
            for child in shown(of: part) { add(child) }
        } else if !part.isAttachment {
            let text = text(of: part)
            guard !text.isEmpty else { return }
            if !bytes.isEmpty { bytes += [.newline, .newline] }
            bytes += text
        }
    }

    /// The parts of a multipart whose text is shown: of alternatives one, of parts that belong together the first.
    private func shown(of part: MailPart) -> [MailPart] {
        switch part.mediaType {
        case "multipart/alternative": [alternative(of: part)].compactMap(\.self)
        case "multipart/related": Array(part.children.prefix(1))
        default: part.children
        }
    }

    /// The plain text where there is any, else whatever has some text.
    private func alternative(of part: MailPart) -> MailPart? {
        let plain = part.children.first {
            $0.mediaType == "text/plain" && !$0.isAttachment && $0.body.contains { !$0.isBlank }
        }
        return plain ?? part.children.last { $0.mediaType == "text/html" || $0.isMultipart }
            ?? part.children.first { !$0.isAttachment }
    }

    private mutating func text(of part: MailPart) -> Bytes {
        // What is decoded may be longer than what is kept: markup goes.
        let decoded = part.encoding.decode(part.body, limit: limits.textBytes * 4)
        let room = limits.textBytes - bytes.count
        let text = Charset.utf8(decoded, part.type["charset"])
        if part.mediaType == "text/html" { return fitting(HTMLText.plain(text, limit: room + 1)[...], room) }
        let isFlowed = part.type["format"]?.lowercased() == "flowed"
        let delSp = part.type["delsp"]?.lowercased() == "yes"
        return fitting(isFlowed ? FlowedText.unfold(text, delSp: delSp)[...] : text, room)
    }

    private mutating func fitting(_ text: Bytes, _ room: Int) -> Bytes {
        guard text.count > room else { return text }
        isCut = true
        return text.utf8Prefix(room)
    }

    /// The text with plain line ends, no control characters, no blanks at the ends of lines and no more than one empty
    /// line in a row.
    private var tidied: [UInt8] {
        var output: [UInt8] = []
        output.reserveCapacity(bytes.count)
        var emptyLines = 0
        for line in bytes.split(separator: .newline, omittingEmptySubsequences: false) {
            let line = line.trimmedAtEnd
            emptyLines = line.isEmpty ? emptyLines + 1 : 0
            guard emptyLines < 2, !line.isEmpty || !output.isEmpty else { continue }
            let isClean = line.allSatisfy { ($0 >= .space || $0 == .tab) && $0 != 0x7f }
            output += isClean ? line : Array(line.filter { ($0 >= .space || $0 == .tab) && $0 != 0x7f })[...]
            output.append(.newline)
        }
        while let last = output.last, last.isBlank { output.removeLast() }
        return output
    }
}
