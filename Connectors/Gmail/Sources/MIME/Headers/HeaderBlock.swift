/// The header fields of a message or a part as they stand there (RFC 5322, section 2.2), and where its body begins.
struct HeaderBlock: Sendable {
    /// One field: its name in lower case, and its value, folds included.
    struct Field: Sendable {
        let name: String
        let value: Bytes
    }

    /// The fields in their order.
    private(set) var fields: [Field] = []
    /// Where the body begins.
    private(set) var bodyStart: Int

    /// Reads fields up to the first empty line, or to the first line that is none.
    ///
    /// A line that is no field and no continuation ends the block: the body begins there, as mail programs show it. The
    /// line “From …” of a mailbox file before the first field is passed over.
    init(_ bytes: Bytes, _ limits: MailLimits) {
        bodyStart = bytes.startIndex
        let end = Swift.min(bytes.endIndex, bytes.startIndex + limits.headerBytes)
        var (place, start) = (bytes.startIndex, bytes.startIndex)
        while place < bytes.endIndex, place < end {
            let line = Self.line(bytes, from: place)
            if line.content.isEmpty {
                add(bytes[start..<place], limits)
                bodyStart = line.next
                return
            }
            if !bytes[place].isBlank {
                add(bytes[start..<place], limits)
                guard Self.isField(line.content) || fields.isEmpty && Self.isEnvelope(line.content) else {
                    bodyStart = place
                    return
                }
                start = place
            }
            place = line.next
        }
        add(bytes[start..<place], limits)
        bodyStart = place
    }

    /// The value of the first field of that name, given in lower case.
    func first(_ name: String) -> Bytes? { fields.first { $0.name == name }?.value }

    /// The values of every field of that name, given in lower case.
    func all(_ name: String) -> [Bytes] { fields.filter { $0.name == name }.map(\.value) }

    private mutating func add(_ bytes: Bytes, _ limits: MailLimits) {
        guard fields.count < limits.headerFields, let colon = bytes.firstIndex(of: .colon) else { return }
        let name = bytes[..<colon].trimmed
        guard !name.isEmpty, name.count <= 100 else { return }
        fields.append(
            Field(name: name.lowercasedText, value: bytes[(colon + 1)...].prefix(limits.fieldBytes).trimmed))
    }

    /// A line without its end, and where the next one begins.
    private static func line(_ bytes: Bytes, from start: Int) -> (content: Bytes, next: Int) {
        guard let newline = bytes.place(of: .newline, from: start) else {
            return (bytes[start...], bytes.endIndex)
        }
        let hasReturn = newline > start && bytes[newline - 1] == .carriageReturn
        return (bytes[start..<(hasReturn ? newline - 1 : newline)], newline + 1)
    }

    /// Whether a line begins a field: a name of printable ASCII and a colon.
    private static func isField(_ line: Bytes) -> Bool {
        guard let colon = line.firstIndex(of: .colon), colon > line.startIndex else { return false }
        return line[..<colon].trimmed.allSatisfy { (0x21...0x7e).contains($0) }
    }

    private static func isEnvelope(_ line: Bytes) -> Bool {
        line.starts(with: "From ".utf8) || line.starts(with: ">From ".utf8)
    }
}
