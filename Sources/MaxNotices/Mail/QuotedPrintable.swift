/// Text for lines that carry ASCII only (RFC 2045, section 6.7).
enum QuotedPrintable {
    private static let longest = 76

    /// Encodes text, whose lines end with CRLF then, the last one too.
    static func text(_ text: String) -> String {
        text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
            .map { line(Array($0.utf8)) + "\r\n" }.joined()
    }

    /// Encodes a line, which is broken where it grows too long.
    private static func line(_ bytes: [UInt8]) -> String {
        var (encoded, length) = ("", 0)
        for (index, byte) in bytes.enumerated() {
            let piece = isPlain(byte, isLast: index == bytes.count - 1) ? String(UnicodeScalar(byte)) : escaped(byte)
            if length + piece.count >= longest {
                encoded += "=\r\n"
                length = 0
            }
            encoded += piece
            length += piece.count
        }
        return encoded
    }

    /// Whether a byte stands for itself; a space at the end of a line would get lost.
    private static func isPlain(_ byte: UInt8, isLast: Bool) -> Bool {
        switch byte {
        case UInt8(ascii: " "): !isLast
        case UInt8(ascii: "="): false
        default: (0x21...0x7e).contains(byte)
        }
    }

    /// A byte as three characters.
    static func escaped(_ byte: UInt8) -> String {
        let digits = Array("0123456789ABCDEF")
        return "=\(digits[Int(byte >> 4)])\(digits[Int(byte & 15)])"
    }
}

/// Text in a header (RFC 2047).
enum EncodedWords {
    /// The longest line that has an encoded word in it, in characters (section 2).
    private static let longest = 76

    /// Writes a header so that its text stays within it whatever that is: a line break becomes a space.
    static func header(_ name: String, _ text: String) -> String {
        let start = "\(name): "
        let words = text.split { $0.isNewline || $0.isWhitespace }.joined(separator: " ")
        let visible = words.unicodeScalars.filter { $0.properties.generalCategory != .control }
        let clean = String(String.UnicodeScalarView(visible))
        let isPlain = clean.utf8.allSatisfy { (0x20...0x7e).contains($0) } && !clean.contains("=?")
        if isPlain, start.count + clean.utf8.count <= longest { return start + clean }
        return start + encoded(clean, after: start.count).joined(separator: "\r\n ")
    }

    /// The words for a text whose first line begins with `indent` characters, and every other one with a space.
    private static func encoded(_ text: String, after indent: Int) -> [String] {
        let (start, end) = ("=?utf-8?q?", "?=")
        var (words, word) = ([String](), "")
        for scalar in text.unicodeScalars {
            let piece = String(scalar).utf8.map(spelled).joined()
            let before = words.isEmpty ? indent : 1
            if before + start.count + word.count + piece.count + end.count > longest, !word.isEmpty {
                words.append(start + word + end)
                word = ""
            }
            word += piece
        }
        return words + [start + word + end]
    }

    private static func spelled(_ byte: UInt8) -> String {
        if byte == UInt8(ascii: " ") { return "_" }
        let isSafe = (0x30...0x39).contains(byte) || (0x41...0x5a).contains(byte) || (0x61...0x7a).contains(byte)
        return isSafe ? String(UnicodeScalar(byte)) : QuotedPrintable.escaped(byte)
    }
}
