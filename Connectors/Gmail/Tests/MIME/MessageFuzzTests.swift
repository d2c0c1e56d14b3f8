import Testing

@testable import GmailConnector

@Suite struct MessageFuzzTests {
    /// Numbers that depend on their seed alone.
    private struct Dice: RandomNumberGenerator {
        var state: UInt64

        mutating func next() -> UInt64 {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return state ^ (state >> 29)
        }
    }

    private static let pieces = [
        "Content-Type: multipart/mixed; boundary=", "Content-Type: text/html; charset=", "--b", "--b--", "\r\n", "\n",
        "b\r\n", "\r\n\r\n", "=?UTF-8?Q?", "?=", "=?iso-2022-jp?B?", "\u{1b}$B", "<", ">", "(", ")", "\"", "\\", ":",
        ";",
        "name*0*=utf-8''%", "name*1=", "From: ", "Date: ", "1 Jan 2026 99:99:99 +9999", "&#x", "<!--", "<script>", "=",
        "Content-Transfer-Encoding: base64\r\n", "Content-Transfer-Encoding: quoted-printable\r\n", "QUJD", "\u{0}",
        "é",
        "message/rfc822\r\n\r\n", "format=flowed; delsp=yes", "> ", " \r\n", "@", ",", "utf-16", "gb18030", "utf-7",
        "+A-", "9223372036854775808", "-9223372036854775808", "99999999999999999999", "name*9223372036854775807*=",
        "&#4294967296;", "&#xffffffffff;", "99999999-Jan-99999999 ", "=FF=", "%FF",
    ]

    @Test(arguments: 0..<8)
    func `reads whatever comes, and never more than it should`(seed: UInt64) {
        var dice = Dice(state: seed &* 77 &+ 1)
        let limits = MailLimits()
        for _ in 0..<250 {
            var bytes: [UInt8] = []
            for _ in 0..<Int.random(in: 1..<60, using: &dice) {
                bytes += Self.pieces.randomElement(using: &dice).map { Array($0.utf8) } ?? []
                if Int.random(in: 0..<6, using: &dice) == 0 { bytes.append(UInt8.random(in: 0...255, using: &dice)) }
            }
            let mail = MailMessage(bytes)
            #expect(mail.text.utf8.count <= limits.textBytes + 3)
            #expect(mail.attachments.count <= limits.parts)
            #expect(mail.from.count <= limits.addresses)
            #expect((mail.subject ?? "").utf8.count <= limits.lineBytes)
            #expect(!mail.text.utf8.contains(0))
        }
    }
}
