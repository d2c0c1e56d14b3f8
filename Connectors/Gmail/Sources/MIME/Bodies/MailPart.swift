/// One part of a message: what it says of itself, and the bytes of its body as they were sent.
struct MailPart: Sendable {
    let header: HeaderBlock
    let type: HeaderParameters
    let disposition: HeaderParameters?
    let body: Bytes
    /// The parts inside, of a `multipart/…`.
    var children: [MailPart] = []
    /// The message inside, of a `message/rfc822`.
    var message: [MailPart] = []

    /// The type without parameters; a missing or broken one counts as plain text (RFC 2045, section 5.2).
    let mediaType: String

    init(_ header: HeaderBlock, body: Bytes, fallback: String) {
        self.header = header
        self.body = body
        type = HeaderParameters(header.first("content-type") ?? [])
        disposition = header.first("content-disposition").map { HeaderParameters($0) }
        let names = type.value.split(separator: "/", omittingEmptySubsequences: false)
        mediaType = names.count == 2 && names.allSatisfy { !$0.isEmpty } ? type.value : fallback
    }

    var encoding: TransferEncoding { TransferEncoding(header.first("content-transfer-encoding")) }

    var isMultipart: Bool { mediaType.hasPrefix("multipart/") }

    /// The name under which the part would be saved.
    var fileName: String? {
        (disposition?["filename"] ?? type["name"]).map { name in
            let last = name.split { $0 == "/" || $0 == "\\" }.last.map(String.init) ?? name
            return last == "." || last == ".." ? "" : last
        }.flatMap { $0.isEmpty ? nil : $0 }
    }

    /// Whether the part is something beside the text: by its own word, by its name, or because it is no text.
    var isAttachment: Bool {
        if disposition?.value == "attachment" { return true }
        if !mediaType.hasPrefix("text/") { return true }
        return fileName != nil
            && (disposition?.value == "inline" || mediaType != "text/plain" && mediaType != "text/html")
    }
}

/// Takes a message apart into its parts, within limits.
struct PartReader {
    private let limits: MailLimits
    /// How many parts there are so far.
    private var count = 0
    /// Whether something was left out because there was too much of it.
    private(set) var isCut = false

    init(_ limits: MailLimits) { self.limits = limits }

    /// Reads a message, or a part, and everything in it.
    mutating func read(_ bytes: Bytes, depth: Int = 0, fallback: String = "text/plain") -> MailPart {
        count += 1
        let header = HeaderBlock(bytes, limits)
        var part = MailPart(header, body: bytes[header.bodyStart...], fallback: fallback)
        guard depth < limits.depth else {
            isCut = isCut || part.isMultipart
            return part
        }
        if part.isMultipart, let boundary = part.type["boundary"], !boundary.isEmpty {
            let fallback = part.mediaType == "multipart/digest" ? "message/rfc822" : "text/plain"
            for range in Self.parts(of: part.body, boundary: Array(boundary.utf8.prefix(200)), limits.parts) {
                guard count < limits.parts else {
                    isCut = true
                    break
                }
                part.children.append(read(part.body[range], depth: depth + 1, fallback: fallback))
            }
        } else if part.mediaType == "message/rfc822", part.encoding == .identity, count < limits.parts {
            part.message = [read(part.body, depth: depth + 1)]
        }
        return part
    }

    /// The places of the parts of a multipart body (RFC 2046, section 5.1.1).
    ///
    /// A part that is not ended goes to the end. A delimiter is a whole line: a boundary that another begins with ends
    /// nothing of the other's.
    private static func parts(of body: Bytes, boundary: [UInt8], _ most: Int) -> [Range<Int>] {
        var parts: [Range<Int>] = []
        var start: Int?
        var line = body.startIndex
        while line < body.endIndex, parts.count <= most {
            if let delimiter = delimiter(body, at: line, boundary) {
                if let start { parts.append(start..<max(start, contentEnd(body, before: line))) }
                if delimiter.isLast { return parts }
                start = delimiter.next
            }
            guard let newline = body.place(of: .newline, from: line) else { break }
            line = newline + 1
        }
        if let start, start < body.endIndex { parts.append(start..<body.endIndex) }
        return parts
    }

    private static func delimiter(
        _ body: Bytes, at line: Int, _ boundary: [UInt8]
    ) -> (next: Int, isLast: Bool)? {
        guard line + 2 + boundary.count <= body.endIndex, body[line] == .dash, body[line + 1] == .dash,
            body[(line + 2)..<(line + 2 + boundary.count)].elementsEqual(boundary)
        else { return nil }
        let rest = line + 2 + boundary.count
        let end = body.place(of: .newline, from: rest) ?? body.endIndex
        let isLast = body[rest..<end].starts(with: [.dash, .dash])
        guard body[(isLast ? rest + 2 : rest)..<end].allSatisfy(\.isBlank) else { return nil }
        return (min(end + 1, body.endIndex), isLast)
    }

    /// The end of what stands before a delimiter: the line break in front of it is the delimiter's.
    private static func contentEnd(_ body: Bytes, before line: Int) -> Int {
        guard line > body.startIndex else { return line }
        let end = line - 1
        return end > body.startIndex && body[end - 1] == .carriageReturn ? end - 1 : end
    }
}
