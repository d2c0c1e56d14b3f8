internal import MaxCore

/// JSON as it lies in columns: equal values have equal texts, with members sorted by name and nothing escaped that need
/// not be.
enum JSONText {
    /// The text of a value.
    static func of(_ value: JSON) -> String {
        var bytes: [UInt8] = []
        append(value, to: &bytes)
        return String(decoding: bytes, as: UTF8.self)
    }

    /// Writes a value behind what is there.
    static func append(_ value: JSON, to bytes: inout [UInt8]) {
        switch value {
        case .null: bytes += "null".utf8
        case .bool(let flag): bytes += (flag ? "true" : "false").utf8
        case .integer(let whole): bytes += String(whole).utf8
        case .number(let number): append(number, to: &bytes)
        case .string(let text): append(text, to: &bytes)
        case .array(let elements):
            append(elements, between: "[", "]", to: &bytes) { append($0, to: &$1) }
        case .object(let members):
            append(members.sorted { $0.key < $1.key }, between: "{", "}", to: &bytes) { member, bytes in
                append(member.key, to: &bytes)
                bytes.append(UInt8(ascii: ":"))
                append(member.value, to: &bytes)
            }
        }
    }

    private static func append<Element>(
        _ elements: [Element], between opening: Unicode.Scalar, _ closing: Unicode.Scalar, to bytes: inout [UInt8],
        each: (Element, inout [UInt8]) -> Void
    ) {
        bytes.append(UInt8(ascii: opening))
        for (index, element) in elements.enumerated() {
            if index > 0 { bytes.append(UInt8(ascii: ",")) }
            each(element, &bytes)
        }
        bytes.append(UInt8(ascii: closing))
    }

    /// Writes a number; JSON has no infinity, which is kept as a word.
    private static func append(_ number: Double, to bytes: inout [UInt8]) {
        if let whole = Int64(exactly: number), abs(number) < 1e15 {
            bytes += String(whole).utf8
        } else if number.isFinite {
            bytes += number.description.utf8
        } else {
            append(number.description, to: &bytes)
        }
    }

    private static func append(_ text: String, to bytes: inout [UInt8]) {
        bytes.append(UInt8(ascii: "\""))
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "\""), UInt8(ascii: "\\"): bytes += [UInt8(ascii: "\\"), byte]
            case 0..<0x20: bytes += "\\u00".utf8 + [hexadecimal(byte >> 4), hexadecimal(byte & 15)]
            default: bytes.append(byte)
            }
        }
        bytes.append(UInt8(ascii: "\""))
    }

    private static func hexadecimal(_ digit: UInt8) -> UInt8 {
        digit + (digit < 10 ? UInt8(ascii: "0") : UInt8(ascii: "a") - 10)
    }
}
