internal import Foundation

/// A mail server's reply (RFC 5321, section 4.2).
struct SMTPReply: Sendable, Hashable {
    /// Its three digits, from 200 to 599.
    let code: Int
    /// What stands behind them on each line.
    let lines: [String]

    /// Whether it says that the command was taken.
    var isPositive: Bool { (200..<400).contains(code) }
    /// Whether the same command may be taken later.
    var isTransient: Bool { (400..<500).contains(code) }

    /// The subject and the detail of its enhanced status (RFC 3463), such as `1.1` of `5.1.1`; nil when it has none.
    var detail: String? {
        guard let word = lines.first?.split(separator: " ").first else { return nil }
        let parts = word.split(separator: ".", omittingEmptySubsequences: false)
        let isStatus = parts.count == 3 && parts.allSatisfy { (1...3).contains($0.count) && $0.allSatisfy(\.isDigit) }
        return isStatus ? parts.dropFirst().joined(separator: ".") : nil
    }
}

/// A reader of replies that come in pieces, and may come from anybody.
struct SMTPReplyReader {
    /// The longest line, in bytes; the standard says 512.
    private static let longest = 4096
    /// The most lines of one reply.
    private static let mostLines = 128

    private var waiting = Data()
    private var code: Int?
    private var lines: [String] = []

    /// Whether nothing has come that was not taken.
    var isEmpty: Bool { waiting.isEmpty && code == nil }

    /// Takes bytes as they came.
    mutating func append(_ bytes: Data) { waiting += bytes }

    /// Takes the next reply out; nil as long as it is not whole.
    ///
    /// - Throws: ``SMTPFault``.
    mutating func take() throws(SMTPFault) -> SMTPReply? {
        while let line = try takeLine() {
            let isLast = try read(line)
            if isLast, let code {
                defer { (self.code, lines) = (nil, []) }
                return SMTPReply(code: code, lines: lines)
            }
        }
        return nil
    }

    private mutating func takeLine() throws(SMTPFault) -> String? {
        guard let end = waiting.firstIndex(of: 0x0a) else {
            if waiting.count > Self.longest { throw .tooMuch }
            return nil
        }
        var line = waiting[..<end]
        if line.last == 0x0d { line.removeLast() }
        if line.count > Self.longest { throw .tooMuch }
        waiting = Data(waiting[waiting.index(after: end)...])
        return String(decoding: line, as: UTF8.self)
    }

    /// Reads a line of a reply.
    ///
    /// - Returns: Whether it is the last one.
    private mutating func read(_ line: String) throws(SMTPFault) -> Bool {
        let digits = line.prefix(3)
        let separator = line.dropFirst(3).first ?? " "
        guard digits.count == 3, digits.allSatisfy(\.isDigit), let number = Int(digits), (200..<600).contains(number),
            separator == " " || separator == "-", code == nil || code == number
        else { throw .garbled }
        guard lines.count < Self.mostLines else { throw .tooMuch }
        code = number
        lines.append(String(line.dropFirst(4)))
        return separator == " "
    }
}

/// Why a mail server's words are not read any further.
enum SMTPFault: Error, Sendable, Hashable {
    /// They are not a reply.
    case garbled
    /// There are too many.
    case tooMuch
}

extension Character {
    fileprivate var isDigit: Bool { ("0"..."9").contains(self) }
}
