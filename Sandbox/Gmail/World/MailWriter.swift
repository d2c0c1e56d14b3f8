internal import SandboxKit

/// Writes the messages of the world, each from its number alone.
struct MailWriter: Sendable {
    let seed: UInt64
    let owner: String

    /// When the world ends: 14 November 2026, in seconds since 1970.
    private static let now = 1_794_614_400

    /// A message as it comes into the world.
    struct Draft: Sendable {
        let bytes: [UInt8]
        let thread: Int
        let received: Int
        let labels: Set<String>
        let flags: Set<String>
        let place: MailLabel
    }

    /// The message of a number; of two numbers the higher one is the newer message.
    func draft(_ number: Int, of count: Int) -> Draft {
        var dice = Dice(seed: seed, kind: 31, number)
        let start = number - number % 4
        let thread = dice.onceIn(3) ? start : number
        let received = Self.now - (count - number) * 5400 - dice.below(5000)
        let isSent = dice.onceIn(5)
        let person = person(&dice)
        let me = "Dana <\(owner)>"
        var labels: Set<String> = [isSent ? "\\Sent" : "\\Inbox"]
        if dice.onceIn(3), let label = dice.pick(MailLabel.own).label { labels.insert(label) }
        if dice.onceIn(6) { labels.insert("\\Important") }
        var flags: Set<String> = isSent || !dice.onceIn(3) ? ["\\Seen"] : []
        if dice.onceIn(9) {
            flags.insert("\\Flagged")
            labels.insert("\\Starred")
        }
        let place: MailLabel = dice.onceIn(25) ? .spam : dice.onceIn(25) ? .trash : .all
        let subject = subject(thread, isAnswer: thread != number)
        var lines = [
            "From: \(isSent ? me : person)", "To: \(isSent ? person : me)", "Subject: \(Self.encoded(subject))",
            "Date: \(Self.date(received))", "Message-ID: <\(number).\(seed)@mail.example>", "MIME-Version: 1.0",
        ]
        if dice.onceIn(4) { lines.append("Cc: Team: \(self.person(&dice)), \(self.person(&dice));") }
        if thread != number { lines.append("References: <\(thread).\(seed)@mail.example>") }
        lines += body(number, &dice)
        return Draft(
            bytes: Array(lines.joined(separator: "\r\n").utf8) + [13, 10], thread: thread, received: received,
            labels: place == .all ? labels : [], flags: flags, place: place)
    }

    private func person(_ dice: inout Dice) -> String {
        let (first, last) = (dice.pick(WordList.firstNames), dice.pick(WordList.lastNames))
        return "\(Self.encoded("\(first.name) \(last.name)")) <\(first.ascii).\(last.ascii)@example.com>"
    }

    private func subject(_ thread: Int, isAnswer: Bool) -> String {
        var dice = Dice(seed: seed, kind: 32, thread)
        return (isAnswer ? "Re: " : "") + "\(dice.pick(WordList.verbs)) \(dice.pick(WordList.things)) (\(thread))"
    }

    private func text(_ dice: inout Dice) -> String {
        (0..<(1 + dice.below(12))).map { _ in dice.pick(WordList.sentences) }.joined(separator: "\r\n\r\n")
            .replacing("\n", with: "\r\n").replacing("\r\r\n", with: "\r\n")
    }

    /// The fields that tell of the body, an empty line, and the body, in one of several shapes.
    private func body(_ number: Int, _ dice: inout Dice) -> [String] {
        let text = text(&dice)
        switch dice.below(6) {
        case 0:
            return [
                "Content-Type: text/plain; charset=utf-8; format=flowed", "Content-Transfer-Encoding: 8bit", "", text,
            ]
        case 1:
            return [
                "Content-Type: text/plain; charset=\"UTF-8\"", "Content-Transfer-Encoding: base64", "",
                Self.base64(Array(text.utf8)),
            ]
        case 2:
            return [
                "Content-Type: text/html; charset=utf-8", "Content-Transfer-Encoding: quoted-printable", "",
                Self.quotedPrintable("<html><body><p>\(text)</p></body></html>"),
            ]
        case 3: return withAttachment(number, text, &dice)
        default:
            let edge = "alt-\(number)"
            return [
                "Content-Type: multipart/alternative; boundary=\"\(edge)\"", "", "--\(edge)",
                "Content-Type: text/plain; charset=utf-8", "", text, "--\(edge)",
                "Content-Type: text/html; charset=utf-8", "", "<p>\(text)</p>", "--\(edge)--",
            ]
        }
    }

    private func withAttachment(_ number: Int, _ text: String, _ dice: inout Dice) -> [String] {
        let edge = "mixed-\(number)"
        let name = dice.pick(WordList.fileNames) + ".pdf"
        let bytes = (0..<(200 + dice.below(2000))).map { _ in UInt8(truncatingIfNeeded: dice.next()) }
        return [
            "Content-Type: multipart/mixed; boundary=\"\(edge)\"", "", "--\(edge)",
            "Content-Type: text/plain; charset=utf-8", "", text, "--\(edge)",
            "Content-Type: application/pdf; name=\"\(Self.encoded(name))\"", "Content-Transfer-Encoding: base64",
            "Content-Disposition: attachment; filename*=utf-8''\(Self.percentEncoded(name))",
            "Content-ID: <part-\(number)@mail.example>", "", Self.base64(bytes), "--\(edge)--",
        ]
    }
}

// MARK: Spelling

extension MailWriter {
    /// Spells text in a header as an encoded word (RFC 2047) where it is more than ASCII.
    static func encoded(_ text: String) -> String {
        if text.utf8.allSatisfy({ (0x20..<0x7f).contains($0) }) {
            return text.contains { "()<>@,;:\".[]".contains($0) } ? text.filter { !"\"<>".contains($0) } : text
        }
        return "=?UTF-8?B?\(base64(Array(text.utf8)).replacing("\r\n", with: ""))?="
    }

    private static func percentEncoded(_ text: String) -> String {
        text.utf8.map { byte in
            byte < 0x80 && (Character(UnicodeScalar(byte)).isLetter || byte == 0x2e || byte == 0x2d)
                ? String(UnicodeScalar(byte)) : "%" + Hex.text(UInt64(byte), digits: 2).uppercased()
        }.joined()
    }

    private static func quotedPrintable(_ text: String) -> String {
        var (output, width) = ("", 0)
        for byte in text.utf8 {
            let piece =
                byte == 0x0d || byte == 0x0a || (0x20..<0x7f).contains(byte) && byte != 0x3d
                ? String(UnicodeScalar(byte)) : "=" + Hex.text(UInt64(byte), digits: 2).uppercased()
            width = byte == 0x0a ? 0 : width + piece.utf8.count
            output += piece
            if width > 70, byte < 0x80 {
                output += "=\r\n"
                width = 0
            }
        }
        return output
    }

    static func base64(_ bytes: [UInt8]) -> String {
        let letters = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
        var output: [UInt8] = []
        for start in stride(from: 0, to: bytes.count, by: 3) {
            let part = bytes[start..<min(start + 3, bytes.count)]
            let word = part.reduce(0) { $0 << 8 | Int($1) } << (8 * (3 - part.count))
            for place in 0..<4 {
                output.append(place <= part.count ? letters[word >> (18 - 6 * place) & 63] : UInt8(ascii: "="))
            }
            if output.count % 78 == 76 { output += [13, 10] }
        }
        return String(decoding: output, as: UTF8.self)
    }

    /// A moment as RFC 5322 writes it, in Greenwich.
    static func date(_ seconds: Int) -> String { MailMoment(seconds).words }
}
