import Foundation

/// The spelling of mailbox names on the wire: modified UTF-7 (RFC 3501, section 5.1.3), or UTF-8 where that was agreed on.
enum MailboxName {
    /// Reads a name; one that is not well spelt stays as it is.
    static func decode(_ bytes: Data, isUTF8: Bool) -> String {
        let plain = String(decoding: bytes, as: UTF8.self)
        guard !isUTF8, bytes.contains(UInt8(ascii: "&")), bytes.allSatisfy({ $0 < 0x80 }) else { return plain }
        return decode(plain) ?? plain
    }

    /// Spells a name.
    static func encode(_ name: String, isUTF8: Bool) -> Data {
        isUTF8 ? Data(name.utf8) : Data(encode(name).utf8)
    }

    private static func decode(_ text: String) -> String? {
        var name = ""
        var rest = text[...]
        while let shift = rest.firstIndex(of: "&") {
            name += rest[..<shift]
            let body = rest[rest.index(after: shift)...]
            guard let end = body.firstIndex(of: "-") else { return nil }
            if end == body.startIndex {
                name += "&"
            } else {
                guard let units = units(body[..<end]) else { return nil }
                name += String(decoding: units, as: UTF16.self)
            }
            rest = body[body.index(after: end)...]
        }
        return name + rest
    }

    private static func units(_ text: Substring) -> [UInt16]? {
        let padding = String(repeating: "=", count: (4 - text.count % 4) % 4)
        let base64 = text.replacing(",", with: "/") + padding
        guard let bytes = Data(base64Encoded: String(base64)), bytes.count >= 2, bytes.count % 2 == 0 else {
            return nil
        }
        return stride(from: 0, to: bytes.count, by: 2).map { index in
            let (high, low) = (UInt16(bytes[index]), UInt16(bytes[index + 1]))
            return high << 8 | low
        }
    }

    private static func encode(_ name: String) -> String {
        var text = ""
        var shifted: [UInt16] = []
        func flush() {
            guard !shifted.isEmpty else { return }
            let bytes = Data(shifted.flatMap { [UInt8($0 >> 8), UInt8($0 & 0xff)] })
            let base64 = bytes.base64EncodedString().replacing("=", with: "").replacing("/", with: ",")
            text += "&\(base64)-"
            shifted = []
        }
        for scalar in name.unicodeScalars {
            guard (0x20...0x7e).contains(scalar.value) else {
                shifted += Array(String(scalar).utf16)
                continue
            }
            flush()
            text += scalar == "&" ? "&-" : String(scalar)
        }
        flush()
        return text
    }
}
