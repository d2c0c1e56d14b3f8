internal import Dovecot
internal import Foundation

/// A mailbox as people have it: short messages of plain text, newsletters of text and HTML, and some with a file.
enum SampleMail {
    static let count = 10_000

    /// All of the messages, from 1 to 50 KB.
    static var messages: some Sequence<DovecotMessage> { (0..<count).lazy.map(message) }

    /// The same with nothing in them.
    static var headers: some Sequence<DovecotMessage> {
        (0..<count).lazy.map { DovecotMessage(Data((header($0) + "\r\n").utf8), flags: "S") }
    }

    private static func message(_ number: Int) -> DovecotMessage {
        let size = 1_000 + number * 7_919 % 49_000
        let body =
            switch (size, number % 4) {
            case (..<6_000, _): plain(number, size)
            case (_, 0): withFile(number, size)
            case (_, 1): "Content-Type: text/html; charset=utf-8\r\n" + quoted(html(number, size * 4 / 5))
            default: newsletter(number, size)
            }
        return DovecotMessage(Data((header(number) + body).utf8), flags: number % 3 == 0 ? "" : "S")
    }

    private static func header(_ number: Int) -> String {
        """
        Return-Path: <bounce-\(number)@mail.example.test>\r
        Received: from mail.example.test (mail.example.test [192.0.2.\(number % 250)])\r
        \tby mx.example.test with ESMTPS id \(number)x7\r
        \tfor <tim@example.test>; Wed, 04 Mar 2026 10:\(10 + number % 50):02 +0000\r
        From: =?UTF-8?Q?J=C3=BCrgen_\(number % 97)?= <person\(number % 97)@example.test>\r
        To: Tim <tim@example.test>, "Erin, at work" <erin@example.test>\r
        Subject: =?UTF-8?B?\(Data("Grüße Nummer \(number): \(words(number, 30))".utf8).base64EncodedString())?=\r
        Date: Wed, 04 Mar 2026 10:\(10 + number % 50):00 +0000\r
        Message-ID: <message-\(number)@example.test>\r
        In-Reply-To: <message-\(number / 3)@example.test>\r
        References: <message-\(number / 9)@example.test>\r
         <message-\(number / 3)@example.test>\r
        MIME-Version: 1.0\r

        """
    }

    private static func plain(_ number: Int, _ size: Int) -> String {
        "Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n"
            + lines(number, max(200, size - 900))
    }

    private static func newsletter(_ number: Int, _ size: Int) -> String {
        "Content-Type: multipart/alternative; boundary=\"b\(number)\"\r\n\r\n--b\(number)\r\n"
            + "Content-Type: text/plain; charset=utf-8\r\n" + quoted(lines(number, size / 8)) + "\r\n--b\(number)\r\n"
            + "Content-Type: text/html; charset=utf-8\r\n" + quoted(html(number, size * 2 / 3))
            + "\r\n--b\(number)--\r\n"
    }

    private static func withFile(_ number: Int, _ size: Int) -> String {
        let file = Data((0..<size * 2 / 3).map { UInt8(truncatingIfNeeded: ($0 &* 2_654_435_761 &+ number) >> 7) })
        return "Content-Type: multipart/mixed; boundary=\"b\(number)\"\r\n\r\n--b\(number)\r\n"
            + "Content-Type: text/plain; charset=utf-8\r\n" + quoted(lines(number, 600)) + "\r\n--b\(number)\r\n"
            + "Content-Type: image/jpeg; name=\"picture.jpg\"\r\nContent-Transfer-Encoding: base64\r\n"
            + "Content-Disposition: attachment; filename=\"picture.jpg\"\r\n\r\n"
            + file.base64EncodedString(options: [.lineLength76Characters]) + "\r\n--b\(number)--\r\n"
    }

    private static func html(_ number: Int, _ size: Int) -> String {
        var html = "<html><head><style>td { padding: 8px 16px; color: #333 }</style></head><body><table>\r\n"
        while html.utf8.count < size {
            html += """
                <tr><td style="font: 14px Arial, sans-serif"><a href="https://news.example.test/c/\(html.utf8.count)">\
                \(words(number + html.utf8.count, 60))</a>&nbsp;&ndash; \(words(html.utf8.count, 90))</td></tr>\r\n
                """
        }
        return html + "</table></body></html>\r\n"
    }

    private static func lines(_ number: Int, _ size: Int) -> String {
        var (text, line) = ("", number)
        while text.utf8.count < size {
            text += words(line, 64) + "\r\n"
            line += 1
        }
        return text
    }

    private static func words(_ number: Int, _ size: Int) -> String {
        var (text, place) = ("", number &* 31)
        while text.utf8.count < size {
            text += vocabulary[abs(place) % vocabulary.count] + " "
            place = place &* 1_103_515_245 &+ 12_345
        }
        return text
    }

    /// Writes a text in quoted-printable (RFC 2045, section 6.7), the field that says so before it.
    private static func quoted(_ text: String) -> String {
        var (bytes, column): ([UInt8], Int) = ([], 0)
        for byte in text.utf8 {
            let isPlain = byte < 0x7f && byte != UInt8(ascii: "=")
            if column > 71, byte != 0x0d, byte != 0x0a {
                bytes += Array("=\r\n".utf8)
                column = 0
            }
            bytes +=
                isPlain ? [byte] : Array("=\(byte < 16 ? "0" : "")\(String(byte, radix: 16, uppercase: true))".utf8)
            column = byte == 0x0a ? 0 : column + (isPlain ? 1 : 3)
        }
        return "Content-Transfer-Encoding: quoted-printable\r\n\r\n" + String(decoding: bytes, as: UTF8.self)
    }

    private static let vocabulary = [
        "account", "année", "answer", "before", "Besprechung", "budget", "café", "contract", "delivery", "evening",
        "für", "invoice", "letter", "meeting", "morning", "naïve", "number", "office", "order", "project", "question",
        "report", "schedule", "table", "ticket", "travel", "until", "week", "yesterday", "Zürich", "the", "of", "and",
        "to",
        "a", "in", "is", "we",
    ]
}
