/// How the bytes of a part are written for the way (RFC 2045, section 6).
enum TransferEncoding: Sendable {
    case identity
    case quotedPrintable
    case base64

    /// Reads the field `Content-Transfer-Encoding`; what is not known leaves the bytes as they are.
    init(_ value: Bytes?) {
        let name = (value ?? []).prefix { $0 != .semicolon && $0 != .openParenthesis }.trimmed
        if name.isSame(as: "base64") {
            self = .base64
        } else if name.isSame(as: "quoted-printable") {
            self = .quotedPrintable
        } else {
            self = .identity
        }
    }

    /// Decodes at most `limit` bytes.
    func decode(_ bytes: Bytes, limit: Int) -> Bytes {
        switch self {
        case .identity: bytes.prefix(limit)
        case .quotedPrintable: Self.quotedPrintable(bytes, limit)[...]
        case .base64: Self.base64(bytes, limit)[...]
        }
    }

    /// How many bytes a part comes to once decoded, as its attachment's size is told.
    func decodedSize(_ bytes: Bytes) -> Int {
        guard self == .base64 else { return bytes.count }
        let letters = bytes.withUnsafeBufferPointer { bytes in
            bytes.reduce(0) { $0 &+ ($1 > .space && $1 != .equals ? 1 : 0) }
        }
        return letters * 3 / 4
    }

    /// Decodes quoted-printable (RFC 2045, section 6.7) leniently: an `=` that begins nothing stands for itself.
    private static func quotedPrintable(_ bytes: Bytes, _ limit: Int) -> [UInt8] {
        var output: [UInt8] = []
        output.reserveCapacity(min(bytes.count, limit))
        var place = bytes.startIndex
        while output.count < limit, let mark = bytes.place(of: .equals, from: place) {
            output += bytes[place..<mark]
            if let (decoded, next) = escape(bytes, at: mark) {
                if let decoded { output.append(decoded) }
                place = next
            } else {
                output.append(.equals)
                place = mark + 1
            }
        }
        output += bytes[place...]
        return Array(output.prefix(limit))
    }

    /// Reads `=XX` or a soft line break; nil when it is neither.
    private static func escape(_ bytes: Bytes, at place: Int) -> (byte: UInt8?, next: Int)? {
        if place + 2 < bytes.endIndex, let high = bytes[place + 1].hexadecimal, let low = bytes[place + 2].hexadecimal {
            return (high << 4 | low, place + 3)
        }
        var next = place + 1
        while next < bytes.endIndex, bytes[next] == .space || bytes[next] == .tab { next += 1 }
        if next == bytes.endIndex { return (nil, next) }
        if bytes[next] == .carriageReturn, next + 1 < bytes.endIndex, bytes[next + 1] == .newline { next += 1 }
        return bytes[next] == .newline ? (nil, next + 1) : nil
    }

    /// Decodes base64 (RFC 4648) leniently: what is no letter of it is passed over, padding may lack, and text that goes on
    /// behind padding is read on.
    static func base64(_ bytes: Bytes, _ limit: Int) -> [UInt8] {
        var output: [UInt8] = []
        output.reserveCapacity(min(bytes.count / 4 * 3 + 3, limit))
        var (word, count) = (UInt32(0), 0)
        for byte in bytes {
            if output.count >= limit { break }
            let value = value(byte)
            if value == none { continue }
            if byte == .equals {
                flush(word, count, into: &output)
                (word, count) = (0, 0)
                continue
            }
            word = word << 6 | UInt32(value)
            count += 1
            if count == 4 {
                output.append(UInt8(truncatingIfNeeded: word >> 16))
                output.append(UInt8(truncatingIfNeeded: word >> 8))
                output.append(UInt8(truncatingIfNeeded: word))
                (word, count) = (0, 0)
            }
        }
        flush(word, count, into: &output)
        return Array(output.prefix(limit))
    }

    private static func flush(_ word: UInt32, _ count: Int, into output: inout [UInt8]) {
        if count == 2 { output.append(UInt8(truncatingIfNeeded: word >> 4)) }
        if count == 3 {
            output.append(UInt8(truncatingIfNeeded: word >> 10))
            output.append(UInt8(truncatingIfNeeded: word >> 2))
        }
    }

    private static let none: UInt8 = 0xff

    /// The value of a letter of base64 or its URL-safe sister; `=` counts as a letter of value 0.
    private static func value(_ byte: UInt8) -> UInt8 {
        switch byte {
        case 0x41...0x5a: byte - 0x41
        case 0x61...0x7a: byte - 0x61 + 26
        case 0x30...0x39: byte - 0x30 + 52
        case .plus, .dash: 62
        case .slash, .underscore: 63
        case .equals: 0
        default: none
        }
    }
}
