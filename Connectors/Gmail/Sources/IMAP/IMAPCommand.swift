import Foundation
import MaxConnector
import MaxCore

/// A command on its way to the server, without its tag and the line break at its end.
struct IMAPCommand: Sendable {
    /// What is sent at once, piece by piece: after each piece but the last the server has to say that it wants more.
    private(set) var pieces: [[LinePart]]

    /// Creates a command.
    init(_ text: String) { pieces = [[.text(text)]] }

    /// Adds something at the end.
    mutating func append(_ part: LinePart) { pieces[pieces.count - 1].append(part) }

    /// Adds text that stands as it is.
    mutating func append(_ text: String) { append(.text(text)) }

    /// Adds a string: in quotation marks where the grammar allows that, else behind its length (RFC 9051, section 4.3).
    ///
    /// - Parameter literals: How a length may be written.
    mutating func append(string bytes: Data, literals: Literals) {
        guard !bytes.allSatisfy(literals == .utf8Quoted ? Self.isQuotable : Self.isQuotableASCII) else {
            return append(.bytes(Self.quoted(bytes)))
        }
        let goesOnAtOnce = literals == .free || (literals == .free4096 && bytes.count <= 4_096)
        append("{\(bytes.count)\(goesOnAtOnce ? "+" : "")}\r\n")
        goesOnAtOnce ? append(.bytes(bytes)) : pieces.append([.bytes(bytes)])
    }

    /// Adds what the server has to ask for first.
    mutating func append(whenAsked parts: [LinePart]) {
        append("\r\n")
        pieces.append(parts)
    }

    /// How a string that is not quoted may be sent.
    enum Literals: Sendable, Hashable {
        /// After the server has said that it wants it.
        case asked
        /// At once (LITERAL+ of RFC 7888).
        case free
        /// At once up to 4096 bytes (LITERAL- of RFC 7888).
        case free4096
        /// In UTF-8 and in quotation marks (RFC 6855).
        case utf8Quoted
    }

    private static func isQuotable(_ byte: UInt8) -> Bool { byte >= 0x20 && byte != 0x7f }

    private static func isQuotableASCII(_ byte: UInt8) -> Bool { (0x20...0x7e).contains(byte) }

    private static func quoted(_ bytes: Data) -> Data {
        let (quote, backslash) = (UInt8(ascii: "\""), UInt8(ascii: "\\"))
        var text = Data([quote])
        for byte in bytes {
            if byte == quote || byte == backslash { text.append(backslash) }
            text.append(byte)
        }
        text.append(quote)
        return text
    }
}
