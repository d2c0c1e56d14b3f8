/// Somebody a message is from or to.
struct MailAddress: Sendable, Hashable {
    /// The name people see; nil when there is none.
    var name: String?
    /// The address as it is written, such as `dana@example.com`; what stands for one may be none.
    var address: String

    /// Reads a list of addresses (RFC 5322, section 3.4), groups, comments, obsolete routes and broken lists included.
    ///
    /// Of a group the members are told; one without members is told by its name, as in “undisclosed-recipients”.
    static func list(_ bytes: Bytes, _ limits: MailLimits = MailLimits()) -> [MailAddress] {
        var reader = AddressReader(bytes, limits)
        return reader.read()
    }
}

/// Takes a list of addresses apart, one token after the other, without looking back.
private struct AddressReader {
    private let bytes: Bytes
    private let limits: MailLimits
    private var place: Int
    private var found: [MailAddress] = []
    /// What came since the last separator, outside and inside angle brackets.
    private var phrase: [UInt8] = []
    private var angle: [UInt8]?
    private var comment: [UInt8] = []

    init(_ bytes: Bytes, _ limits: MailLimits) {
        self.bytes = bytes
        self.limits = limits
        place = bytes.startIndex
    }

    mutating func read() -> [MailAddress] {
        while place < bytes.endIndex, found.count < limits.addresses {
            let byte = bytes[place]
            switch byte {
            case .quote: quoted()
            case .openParenthesis: parenthesis()
            case .less: bracket()
            case .comma: end(at: place + 1)
            case .semicolon: endGroup()
            case .colon where isGroupName: beginGroup()
            default:
                phrase.append(byte)
                place += 1
            }
        }
        end(at: place)
        return found
    }

    /// Whether what came so far can be the name of a group: no address, and not the URI of a broken program.
    private var isGroupName: Bool { angle == nil && !phrase.contains(.at) && !phrase.isEmpty }

    private mutating func beginGroup() {
        let name = text(phrase)
        place += 1
        phrase = []
        comment = []
        if bytes[place...].trimmed.first == .semicolon || bytes[place...].trimmed.isEmpty {
            found.append(MailAddress(name: name, address: ""))
        }
    }

    private mutating func endGroup() { end(at: place + 1) }

    /// Ends the address at hand.
    private mutating func end(at next: Int) {
        place = next
        defer { (phrase, angle, comment) = ([], nil, []) }
        let words = phrase[...].trimmed
        if let angle {
            let name = words.isEmpty ? comment : Array(words)
            add(name: name, address: angle)
        } else if !words.isEmpty {
            let bare = words.contains(.at)
            add(name: bare ? comment : Array(words), address: bare ? Array(words) : [])
        }
    }

    private mutating func add(name: [UInt8], address: [UInt8]) {
        let name = text(name)
        let address = EncodedWords.line(
            Charset.guess(address.filter { !$0.isBlank }[...]), limits.lineBytes)
        guard !address.isEmpty || !name.isEmpty else { return }
        found.append(MailAddress(name: name.isEmpty || name == address ? nil : name, address: address))
    }

    private func text(_ bytes: [UInt8]) -> String {
        let text = EncodedWords.decode(bytes[...], limit: limits.lineBytes)
        // Some programs quote the whole name once more.
        let isQuoted = text.utf8.count > 2 && text.first == "'" && text.last == "'"
        return isQuoted ? String(text.dropFirst().dropLast()) : text
    }

    /// A quoted string: part of the name or of the address; a quote that is never closed counts for nothing.
    private mutating func quoted() {
        let start = place + 1
        var content: [UInt8] = []
        place = start
        while place < bytes.endIndex, bytes[place] != .quote {
            if bytes[place] == .backslash, place + 1 < bytes.endIndex { place += 1 }
            content.append(bytes[place])
            place += 1
        }
        guard place < bytes.endIndex else {
            place = start
            return
        }
        place += 1
        // A quoted local part keeps its quotes; a name does not.
        let isLocalPart = place < bytes.endIndex && bytes[place] == .at
        phrase += isLocalPart ? [.quote] + content + [.quote] : content
    }

    /// A comment, nested ones included.
    private mutating func parenthesis() {
        var (depth, content) = (0, [UInt8]())
        repeat {
            let byte = bytes[place]
            if byte == .backslash, place + 1 < bytes.endIndex {
                place += 1
                content.append(bytes[place])
            } else if byte == .openParenthesis {
                if depth > 0 { content.append(byte) }
                depth += 1
            } else if byte == .closeParenthesis {
                depth -= 1
                if depth > 0 { content.append(byte) }
            } else {
                content.append(byte)
            }
            place += 1
        } while depth > 0 && place < bytes.endIndex
        comment = content
        if !phrase.isEmpty { phrase.append(.space) }
    }

    /// An address in angle brackets, an obsolete route left out; one that never ends goes to the next comma.
    private mutating func bracket() {
        let start = place + 1
        let rest = bytes[start...]
        let end = rest.firstIndex { $0 == .greater } ?? rest.firstIndex { $0 == .comma } ?? bytes.endIndex
        var content = bytes[start..<end].trimmed
        if content.first == .at, let colon = content.firstIndex(of: .colon) { content = content[(colon + 1)...] }
        if content.starts(with: "mailto:".utf8) { content = content.dropFirst(7) }
        if angle == nil { angle = Array(content) }
        place = end < bytes.endIndex && bytes[end] == .greater ? end + 1 : end
    }
}
