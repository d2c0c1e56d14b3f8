import Foundation

/// A run of bytes of a message.
typealias Bytes = ArraySlice<UInt8>

extension UInt8 {
    static let tab: UInt8 = 0x09
    static let newline: UInt8 = 0x0a
    static let carriageReturn: UInt8 = 0x0d
    static let space: UInt8 = 0x20
    static let quote: UInt8 = 0x22
    static let percent: UInt8 = 0x25
    static let apostrophe: UInt8 = 0x27
    static let openParenthesis: UInt8 = 0x28
    static let closeParenthesis: UInt8 = 0x29
    static let asterisk: UInt8 = 0x2a
    static let plus: UInt8 = 0x2b
    static let comma: UInt8 = 0x2c
    static let dash: UInt8 = 0x2d
    static let slash: UInt8 = 0x2f
    static let colon: UInt8 = 0x3a
    static let semicolon: UInt8 = 0x3b
    static let less: UInt8 = 0x3c
    static let equals: UInt8 = 0x3d
    static let greater: UInt8 = 0x3e
    static let questionMark: UInt8 = 0x3f
    static let at: UInt8 = 0x40
    static let backslash: UInt8 = 0x5c
    static let underscore: UInt8 = 0x5f

    /// Whether it is white space of a header: a blank, a tab or part of a fold.
    var isBlank: Bool { self == .space || self == .tab || self == .newline || self == .carriageReturn }

    var isDigit: Bool { (0x30...0x39).contains(self) }

    var isLetter: Bool { (0x61...0x7a).contains(self | 0x20) }

    /// The same byte with an ASCII letter in lower case.
    var lowercased: UInt8 { (0x41...0x5a).contains(self) ? self | 0x20 : self }

    /// The value of a hexadecimal digit; nil for anything else.
    var hexadecimal: UInt8? {
        switch self {
        case 0x30...0x39: self - 0x30
        case 0x41...0x46: self - 0x37
        case 0x61...0x66: self - 0x57
        default: nil
        }
    }
}

extension Collection<UInt8> {
    /// Whether every byte is below 128.
    var isASCII: Bool { allSatisfy { $0 < 0x80 } }
}

extension ArraySlice<UInt8> {
    /// The bytes without blanks at both ends.
    var trimmed: Bytes {
        var (start, end) = (startIndex, endIndex)
        while start < end, self[start].isBlank { start += 1 }
        while end > start, self[end - 1].isBlank { end -= 1 }
        return self[start..<end]
    }

    /// The bytes without blanks at the end.
    var trimmedAtEnd: Bytes {
        var end = endIndex
        while end > startIndex, self[end - 1].isBlank { end -= 1 }
        return self[..<end]
    }

    /// The bytes as text with ASCII letters in lower case; what is not UTF-8 is replaced.
    var lowercasedText: String { String(decoding: map(\.lowercased), as: UTF8.self) }

    /// Whether it is that ASCII text, whatever the case of the letters; `name` is given in lower case.
    func isSame(as name: StaticString) -> Bool {
        guard count == name.utf8CodeUnitCount else { return false }
        return name.withUTF8Buffer { name in zip(self, name).allSatisfy { $0.lowercased == $1 } }
    }

    /// The first place of a byte from some place on.
    func place(of byte: UInt8, from start: Int) -> Int? {
        guard start < endIndex else { return nil }
        return self[start...].withUnsafeBytes { buffer in
            guard let base = buffer.baseAddress, let found = memchr(base, Int32(byte), buffer.count) else { return nil }
            return start + base.distance(to: UnsafeRawPointer(found))
        }
    }
}
