internal import MaxCore

/// The text of JSON values (RFC 8259), written fast: many records are printed, and all are exported.
struct JSONText {
    private(set) var bytes: [UInt8] = []

    /// Adds a value: on one line, its members in the order of their names.
    mutating func append(_ value: JSON) {
        switch value {
        case .null: bytes += "null".utf8
        case .bool(let truth): bytes += (truth ? "true" : "false").utf8
        case .integer(let number): bytes += String(number).utf8
        case .number(let number): bytes += Self.digits(of: number).utf8
        case .string(let text): append(quoting: text)
        case .array(let elements):
            append(elements, in: "[", "]") { $0.append($1) }
        case .object(let members):
            append(members.sorted { $0.key < $1.key }, in: "{", "}") { text, member in
                text.append(quoting: member.key)
                text.bytes.append(UInt8(ascii: ":"))
                text.append(member.value)
            }
        }
    }

    /// Ends a line.
    mutating func endLine() { bytes.append(UInt8(ascii: "\n")) }

    /// Gives what was written and begins anew.
    mutating func take() -> [UInt8] {
        defer { bytes.removeAll(keepingCapacity: true) }
        return bytes
    }

    /// A number's shortest digits; whole ones have no fraction, as other encoders write them.
    static func digits(of number: Double) -> String {
        if let whole = Int64(exactly: number), abs(whole) < 1 << 53 { return String(whole) }
        return number.isFinite ? "\(number)" : "null"
    }

    private mutating func append<Item>(
        _ items: [Item], in opening: Unicode.Scalar, _ closing: Unicode.Scalar, each: (inout JSONText, Item) -> Void
    ) {
        bytes.append(UInt8(ascii: opening))
        for (place, item) in items.enumerated() {
            if place > 0 { bytes.append(UInt8(ascii: ",")) }
            each(&self, item)
        }
        bytes.append(UInt8(ascii: closing))
    }

    private mutating func append(quoting text: String) {
        bytes.append(UInt8(ascii: "\""))
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "\""), UInt8(ascii: "\\"): bytes += [UInt8(ascii: "\\"), byte]
            case ..<0x20: append(escaping: byte)
            default: bytes.append(byte)
            }
        }
        bytes.append(UInt8(ascii: "\""))
    }

    private mutating func append(escaping control: UInt8) {
        switch control {
        case 0x0A: bytes += #"\n"#.utf8
        case 0x0D: bytes += #"\r"#.utf8
        case 0x09: bytes += #"\t"#.utf8
        default:
            let digits = String(control, radix: 16)
            bytes += (#"\u"# + String(repeating: "0", count: 4 - digits.count) + digits).utf8
        }
    }
}

extension JSON {
    /// The value's text on one line.
    var line: String {
        var text = JSONText()
        text.append(self)
        return String(decoding: text.bytes, as: UTF8.self)
    }
}
