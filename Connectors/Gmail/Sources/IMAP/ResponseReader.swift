import Foundation

/// The reader of a server's responses out of the bytes that arrive, whatever the borders between them.
///
/// It keeps no more than the response at hand, which the limits bound; each byte is looked at once, those of a literal
/// never.
struct ResponseReader {
    private let limits: IMAPLimits
    private var buffer = Data()
    /// Where the response at hand begins.
    private var start = 0
    /// Where its current line begins, and from where on the end of that is looked for.
    private var lineStart = 0
    private var cursor = 0
    private var literals = 0

    init(limits: IMAPLimits = IMAPLimits()) { self.limits = limits }

    /// Whether bytes are there that belong to no whole response yet.
    var hasRest: Bool { start < buffer.count }

    /// Takes bytes.
    mutating func feed(_ bytes: Data) {
        if start > 0 {
            buffer = start == buffer.count ? Data() : Data(buffer[start...])
            (lineStart, cursor, start) = (lineStart - start, cursor - start, 0)
        }
        if buffer.isEmpty { buffer = bytes.startIndex == 0 ? bytes : Data(bytes) } else { buffer.append(bytes) }
    }

    /// Takes the next whole response out; nil when there is none yet.
    ///
    /// - Throws: ``IMAPFault``.
    mutating func next() throws -> IMAPResponse? {
        guard let end = try findEnd() else { return nil }
        defer { (start, lineStart, cursor, literals) = (end, end, end, 0) }
        let range = start..<end
        let limits = limits
        return try buffer.withUnsafeBytes { bytes in
            var parser = ResponseParser(UnsafeRawBufferPointer(rebasing: bytes[range]), limits: limits)
            return try parser.response()
        }
    }

    /// The end of the response at hand, behind its last line break; nil while that has not come.
    private mutating func findEnd() throws -> Int? {
        while cursor <= buffer.count {
            guard let lineEnd = lineEnd else {
                guard buffer.count - lineStart <= longestLine else { throw IMAPFault.endlessLine }
                cursor = max(cursor, buffer.count)
                return nil
            }
            guard lineEnd - lineStart <= longestLine else { throw IMAPFault.endlessLine }
            guard let size = try announcedLiteral(before: lineEnd) else { return lineEnd }
            literals += 1
            guard literals <= limits.values else { throw IMAPFault.tooMuch }
            (lineStart, cursor) = (lineEnd + size, lineEnd + size)
            guard lineStart - start <= limits.response else { throw IMAPFault.largeLiteral(lineStart - start) }
        }
        return nil
    }

    /// The place behind the next line break; nil when there is none.
    private var lineEnd: Int? {
        guard cursor < buffer.count else { return nil }
        return buffer.withUnsafeBytes { bytes in
            guard let base = bytes.baseAddress, let found = memchr(base + cursor, 0x0a, bytes.count - cursor) else {
                return nil
            }
            return UnsafeRawPointer(found) - base + 1
        }
    }

    /// The longest line that this response may have: one of ids may be longer than others.
    private var longestLine: Int {
        let head = String(decoding: buffer[start..<min(buffer.count, start + 12)], as: UTF8.self).uppercased()
        return ["* SEARCH", "* ESEARCH", "* VANISHED"].contains { head.hasPrefix($0) } ? limits.idLine : limits.line
    }

    /// The size of the literal that the line announces at its end; nil when there is none.
    ///
    /// The words of a status are for people and announce nothing, whatever they end in.
    private func announcedLiteral(before lineEnd: Int) throws -> Int? {
        var end = lineEnd - 1
        if end > lineStart, buffer[end - 1] == 0x0d { end -= 1 }
        guard end > lineStart, buffer[end - 1] == UInt8(ascii: "}"), mayHoldLiterals else { return nil }
        var digits = end - 1
        if digits > lineStart, buffer[digits - 1] == UInt8(ascii: "+") { digits -= 1 }
        var first = digits
        while first > lineStart, (0x30...0x39).contains(buffer[first - 1]) { first -= 1 }
        guard first < digits, first > lineStart, buffer[first - 1] == UInt8(ascii: "{") else { return nil }
        guard digits - first <= 18, let size = Int(String(decoding: buffer[first..<digits], as: UTF8.self)) else {
            throw IMAPFault.largeLiteral(.max)
        }
        guard size <= limits.literal else { throw IMAPFault.largeLiteral(size) }
        return size
    }

    private var mayHoldLiterals: Bool {
        let words = buffer[start..<min(buffer.count, start + 12)].split(separator: 0x20, maxSplits: 2)
        guard words.count >= 2, words[0].elementsEqual([UInt8(ascii: "*")]) else { return false }
        return IMAPStatus.Kind(rawValue: String(decoding: words[1], as: UTF8.self).uppercased()) == nil
    }
}
