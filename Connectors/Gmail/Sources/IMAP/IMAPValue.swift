import Foundation

/// A value in a server's response (RFC 9051, section 4).
enum IMAPValue: Sendable, Hashable {
    /// A bare word or number.
    case atom(String)
    /// A quoted string or a literal, as bytes.
    case string(Data)
    /// Values in brackets.
    case list([IMAPValue])

    /// Whether it is the word `NIL`.
    var isNil: Bool { self == .atom("NIL") || atom?.uppercased() == "NIL" }

    /// The word; nil for anything else.
    var atom: String? {
        if case .atom(let text) = self { text } else { nil }
    }

    /// The values in brackets; nil for anything else.
    var list: [IMAPValue]? {
        if case .list(let values) = self { values } else { nil }
    }

    /// The bytes of a string or a word; nil for a list and for `NIL`.
    var bytes: Data? {
        switch self {
        case .atom(let text): isNil ? nil : Data(text.utf8)
        case .string(let bytes): bytes
        case .list: nil
        }
    }

    /// The same as text; bytes that are not UTF-8 are replaced.
    var text: String? {
        switch self {
        case .atom(let text): isNil ? nil : text
        case .string(let bytes): String(decoding: bytes, as: UTF8.self)
        case .list: nil
        }
    }

    /// The number, which is made of digits alone and so is never negative; nil for anything else.
    func number<Number: FixedWidthInteger>(_ type: Number.Type = Number.self) -> Number? {
        text.flatMap { text in text.utf8.allSatisfy { (0x30...0x39).contains($0) } ? Number(text) : nil }
    }

    /// The id of a message, of which none is 0; nil for anything else.
    var id: UInt32? { number().flatMap { $0 > 0 ? $0 : nil } }
}
