/// The text of header fields: folds, encoded words (RFC 2047) and raw bytes beyond ASCII.
///
/// It reads what is really sent: encoded words inside quotes, with blanks in them, glued to other text, of unknown
/// charsets, or cut between the bytes of one letter.
enum EncodedWords {
    /// The decoded text on one line, at most `limit` bytes of UTF-8.
    static func decode(_ value: Bytes, limit: Int = MailLimits().lineBytes) -> String {
        guard value.contains(.questionMark), value.contains(.equals) else { return line(Charset.guess(value), limit) }
        var text = ""
        var (place, plainStart) = (value.startIndex, value.startIndex)
        var run: Word?
        while let start = value.place(of: .equals, from: place) {
            guard let (word, next) = word(value, at: start) else {
                place = start + 1
                continue
            }
            let between = value[plainStart..<start]
            if let last = run, between.allSatisfy(\.isBlank) {
                // Blanks between two encoded words belong to neither, and a letter may be cut between them.
                run = last.joined(with: word, into: &text)
            } else {
                if let last = run { text += last.text }
                text += Charset.guess(between)
                run = word
            }
            (place, plainStart) = (next, next)
        }
        if let run { text += run.text }
        text += Charset.guess(value[plainStart...])
        return line(text, limit)
    }

    /// Text as it may stand on one line: without control characters, blanks in a row as one.
    static func line(_ text: String, _ limit: Int) -> String {
        var line: [UInt8] = []
        line.reserveCapacity(min(text.utf8.count, limit))
        var isAfterBlank = true
        for byte in text.utf8 {
            let isBlank = byte <= .space || byte == 0x7f
            if !isBlank || !isAfterBlank { line.append(isBlank ? .space : byte) }
            isAfterBlank = isBlank
            if line.count > limit { break }
        }
        if line.last == .space { line.removeLast() }
        return String(decoding: line[...].utf8Prefix(limit), as: UTF8.self)
    }

    private struct Word {
        let charset: String
        var bytes: [UInt8]

        var text: String { Charset.text(bytes[...], charset) }

        /// The next word with this one in front where both are of one charset; otherwise this one's text goes out.
        func joined(with next: Word, into text: inout String) -> Word {
            guard next.charset == charset else {
                text += self.text
                return next
            }
            return Word(charset: charset, bytes: bytes + next.bytes)
        }
    }

    /// Reads `=?charset?B|Q?…?=`, the language of RFC 2231 left out; nil when there is none.
    private static func word(_ value: Bytes, at start: Int) -> (Word, next: Int)? {
        guard start + 1 < value.endIndex, value[start + 1] == .questionMark,
            let charsetEnd = value.place(of: .questionMark, from: start + 2), charsetEnd - start <= 62,
            charsetEnd + 2 < value.endIndex, value[charsetEnd + 2] == .questionMark,
            let (textEnd, next) = end(value, from: charsetEnd + 3)
        else { return nil }
        let charset = value[(start + 2)..<charsetEnd].prefix { $0 != .asterisk }
        let text = value[(charsetEnd + 3)..<textEnd]
        switch value[charsetEnd + 1] | 0x20 {
        case 0x62:
            return (Word(charset: charset.lowercasedText, bytes: TransferEncoding.base64(text, text.count)), next)
        case 0x71: return (Word(charset: charset.lowercasedText, bytes: quoted(text)), next)
        default: return nil
        }
    }

    /// Where the text of a word ends: at `?=`, or with the value when that is all that lacks.
    private static func end(_ value: Bytes, from start: Int) -> (text: Int, next: Int)? {
        var place = start
        while let mark = value.place(of: .questionMark, from: place) {
            if mark + 1 == value.endIndex { return (mark, value.endIndex) }
            if value[mark + 1] == .equals { return (mark, mark + 2) }
            if value[mark...].starts(with: "?==?".utf8) { return (mark, mark + 2) }
            place = mark + 1
        }
        return nil
    }

    /// Decodes the letters of a Q word: `_` is a blank, `=XX` a byte.
    private static func quoted(_ text: Bytes) -> [UInt8] {
        var output: [UInt8] = []
        var place = text.startIndex
        while place < text.endIndex {
            if text[place] == .equals, place + 2 < text.endIndex, let high = text[place + 1].hexadecimal,
                let low = text[place + 2].hexadecimal
            {
                output.append(high << 4 | low)
                place += 3
            } else {
                output.append(text[place] == .underscore ? .space : text[place])
                place += 1
            }
        }
        return output
    }
}

extension ArraySlice<UInt8> {
    /// The first bytes, not more than `limit` and never half a letter of UTF-8.
    func utf8Prefix(_ limit: Int) -> Bytes {
        guard count > limit else { return self }
        var end = startIndex + limit
        while end > startIndex, self[end] & 0xc0 == 0x80 { end -= 1 }
        return self[startIndex..<end]
    }
}
