/// Turns the bytes of a terminal into keys: UTF-8, control characters, the escape sequences of ECMA-48 and xterm, and
/// bracketed paste.
///
/// Bytes may arrive cut anywhere.
struct KeyDecoder: Sendable {
    private static let escape: UInt8 = 0x1B
    private static let pasteEnd = Array("\u{1B}[201~".utf8)
    private static let longestSequence = 32

    private var pending: [UInt8] = []
    private var paste: [UInt8]?

    /// Whether an Escape was seen that may be a key of its own: without more bytes soon, call `flush`.
    var isUndecided: Bool {
        paste == nil && pending == [Self.escape]
    }

    /// Takes bytes as they were read, and gives the keys that are complete.
    mutating func decode(_ bytes: [UInt8]) -> [Key] {
        if paste != nil, bytes == [0x03] {
            // A paste whose end never came must not swallow the way out.
            paste = nil
            return [.control("c")]
        }
        pending += bytes
        var keys: [Key] = []
        while let key = next() {
            keys += key
        }
        return keys
    }

    /// Takes what is undecided for what it looks like: the Escape key.
    mutating func flush() -> [Key] {
        guard isUndecided else { return [] }
        pending = []
        return [.escape]
    }

    /// Decodes one item from the front; nil when more bytes are needed, empty for one that means nothing here.
    private mutating func next() -> [Key]? {
        if paste != nil { return nextOfPaste() }
        guard let first = pending.first else { return nil }
        if first == Self.escape { return nextSequence() }
        if first < 0x20 || first == 0x7F {
            pending.removeFirst()
            return Self.key(ofControl: first).map { [$0] } ?? []
        }
        return nextText()
    }

    private mutating func nextText() -> [Key]? {
        let run = pending.prefix { $0 >= 0x20 && $0 != 0x7F }
        let complete = run.count == pending.count ? run.dropLast(run.incompleteTail) : run
        guard !complete.isEmpty else { return nil }
        pending.removeFirst(complete.count)
        return [.typed(String(decoding: complete, as: UTF8.self))]
    }

    private mutating func nextOfPaste() -> [Key]? {
        guard let old = paste else { return nil }
        let seam = max(0, old.count - Self.pasteEnd.count + 1)
        paste = nil
        var all = old
        all += pending
        pending = []
        guard let end = all.firstIndex(of: Self.pasteEnd, from: seam) else {
            paste = all
            return nil
        }
        pending = Array(all[(end + Self.pasteEnd.count)...])
        return [.pasted(String(decoding: all[..<end], as: UTF8.self))]
    }

    private mutating func nextSequence() -> [Key]? {
        guard pending.count > 1 else { return nil }
        switch pending[1] {
        case UInt8(ascii: "["): return nextControlSequence()
        case UInt8(ascii: "O"):
            guard pending.count > 2 else { return nil }
            defer { pending.removeFirst(3) }
            return Self.key(ofFinal: pending[2], parameters: []).map { [$0] } ?? []
        case Self.escape:
            pending.removeFirst()
            return [.escape]
        default:
            // Alt with a key: not used here.
            pending.removeFirst(2)
            return []
        }
    }

    private mutating func nextControlSequence() -> [Key]? {
        guard let final = pending.dropFirst(2).firstIndex(where: { !(0x20...0x3F).contains($0) }) else {
            if pending.count > Self.longestSequence { pending = [] }
            return nil
        }
        let parameters = pending[2..<final]
        let byte = pending[final]
        pending.removeFirst(final + 1)
        if byte == UInt8(ascii: "~"), parameters.elementsEqual("200".utf8) {
            paste = []
            return []
        }
        return Self.key(ofFinal: byte, parameters: parameters).map { [$0] } ?? []
    }

    private static func key(ofControl byte: UInt8) -> Key? {
        switch byte {
        case 0x0A, 0x0D: .enter
        case 0x08, 0x7F: .backspace
        case 0x01...0x1A: .control(Character(Unicode.Scalar(byte + 0x60)))
        case 0x1C: .control("\\")
        default: nil
        }
    }

    private static func key(ofFinal byte: UInt8, parameters: ArraySlice<UInt8>) -> Key? {
        switch byte {
        case UInt8(ascii: "A"): .up
        case UInt8(ascii: "B"): .down
        case UInt8(ascii: "C"): .right
        case UInt8(ascii: "D"): .left
        case UInt8(ascii: "H"): .home
        case UInt8(ascii: "F"): .end
        case UInt8(ascii: "M"): .enter
        case UInt8(ascii: "~"): key(ofNumber: parameters.prefix { $0 != UInt8(ascii: ";") })
        default: nil
        }
    }

    private static func key(ofNumber digits: ArraySlice<UInt8>) -> Key? {
        switch String(decoding: digits, as: UTF8.self) {
        case "1", "7": .home
        case "3": .delete
        case "4", "8": .end
        case "5": .pageUp
        case "6": .pageDown
        default: nil
        }
    }
}

extension Collection<UInt8> where Self: BidirectionalCollection {
    /// How many bytes at the end are the beginning of a UTF-8 character whose rest is to come.
    fileprivate var incompleteTail: Int {
        for (distance, byte) in reversed().prefix(3).enumerated() where byte & 0xC0 != 0x80 {
            let length = byte >= 0xF0 ? 4 : byte >= 0xE0 ? 3 : byte >= 0xC0 ? 2 : 1
            return distance + 1 < length ? distance + 1 : 0
        }
        return 0
    }
}

extension [UInt8] {
    /// Where `pattern` begins, looking from `start` on.
    fileprivate func firstIndex(of pattern: [UInt8], from start: Int) -> Int? {
        guard count - start >= pattern.count else { return nil }
        return (start...(count - pattern.count)).first { index in
            self[index] == pattern[0] && self[index..<(index + pattern.count)].elementsEqual(pattern)
        }
    }
}
