import Foundation
import MaxCore
import Testing

@testable import MaxNotices

@Suite struct MailMessageTests {
    private func message(_ subject: String, _ text: String) throws -> MailMessage {
        try MailMessage(
            from: MailAddress("max@example.com"), to: MailAddress("dana@example.org"), subject: subject, text: text,
            date: Date(timeIntervalSince1970: 1_795_312_805), id: "msg1")
    }

    private func lines(_ message: MailMessage) -> [String] {
        String(decoding: message.bytes, as: UTF8.self).components(separatedBy: "\r\n")
    }

    @Test func `a message has the headers that mail needs`() throws {
        let lines = try lines(message("Gmail needs attention", "Hello"))
        #expect(
            lines == [
                "Date: Sun, 22 Nov 2026 02:00:05 +0000", "From: Max <max@example.com>", "To: <dana@example.org>",
                "Subject: Gmail needs attention", "Message-ID: <msg1@example.com>", "Auto-Submitted: auto-generated",
                "MIME-Version: 1.0", "Content-Type: text/plain; charset=utf-8",
                "Content-Transfer-Encoding: quoted-printable", "", "Hello", "",
            ])
    }

    @Test(arguments: [
        "Hello\r\nBcc: eve@example.com", "Hello\nBcc: eve@example.com", "Hello\u{85}Bcc: eve@example.com",
        "Hello\u{2028}Bcc: eve@example.com", "Hello\r\n\r\nBody", "Hello\0Bcc: eve@example.com",
        String(repeating: "é", count: 400) + "\r\nBcc: eve@example.com",
    ])
    func `a subject stays one header whatever is in it`(_ subject: String) throws {
        let text = try message(subject, "Body")
        let head = try #require(String(decoding: text.bytes, as: UTF8.self).components(separatedBy: "\r\n\r\n").first)
        let names = head.components(separatedBy: "\r\n").filter { !$0.hasPrefix(" ") }.compactMap {
            $0.split(separator: ":").first
        }
        #expect(names.count == 9)
        #expect(!names.contains("Bcc"))
        #expect(head.utf8.allSatisfy { (0x20...0x7e).contains($0) || $0 == 0x0d || $0 == 0x0a })
        #expect(head.components(separatedBy: "\r\n").allSatisfy { $0.count <= 76 })
    }

    @Test func `a subject in other letters comes in words that mail can carry`() throws {
        let subject = "Müllers Konto · läuft bald ab, und der Titel ist auch noch recht lang, 👩‍👩‍👧‍👦 = ? _"
        let header = EncodedWords.header("Subject", subject)
        #expect(header.components(separatedBy: "\r\n").allSatisfy { $0.count <= 76 })
        let encoded = header.dropFirst("Subject: ".count).components(separatedBy: "\r\n ")
        #expect(encoded.count > 1)
        #expect(encoded.allSatisfy { $0.hasPrefix("=?utf-8?q?") && $0.hasSuffix("?=") && $0.count <= 75 })
        let decoded = encoded.map { $0.dropFirst(10).dropLast(2) }.joined().replacing("_", with: " ")
        #expect(decoded.replacing("=", with: "%").removingPercentEncoding == subject)
    }

    @Test func `a subject that looks encoded is encoded itself`() {
        #expect(EncodedWords.header("Subject", "=?utf-8?q?x?=") == "Subject: =?utf-8?q?=3D=3Futf=2D8=3Fq=3Fx=3F=3D?=")
    }

    @Test(arguments: [
        ("", "\r\n"), ("plain", "plain\r\n"), ("a = b", "a =3D b\r\n"), ("trailing ", "trailing=20\r\n"),
        ("two\nlines\r\nthree", "two\r\nlines\r\nthree\r\n"), ("é", "=C3=A9\r\n"), ("tab\t!", "tab=09!\r\n"),
        (".", ".\r\n"),
    ])
    func `a text is written so that every server passes it on`(_ text: String, _ encoded: String) {
        #expect(QuotedPrintable.text(text) == encoded)
    }

    @Test func `no line of a text is longer than mail allows, and none is lost`() {
        let text = (0..<50).map { "Zeile \($0): " + String(repeating: "äb=", count: $0) }.joined(separator: "\n")
        let encoded = QuotedPrintable.text(text)
        #expect(encoded.components(separatedBy: "\r\n").allSatisfy { $0.count <= 76 })
        let decoded = encoded.replacing("=\r\n", with: "").replacing("%", with: "%25").replacing("=", with: "%")
            .removingPercentEncoding
        #expect(decoded == text.replacing("\n", with: "\r\n") + "\r\n")
    }

    @Test(arguments: [
        (".\r\nx\r\n..y\r\n", "..\r\nx\r\n...y\r\n"), ("a.b\r\n", "a.b\r\n"), ("", ""), (".", ".."),
    ])
    func `a full stop at the begin of a line is doubled`(_ text: String, _ stuffed: String) {
        #expect(DotStuffing.stuffed(Data(text.utf8)) == Data(stuffed.utf8))
    }

    @Test(arguments: [
        "dana@example.com", " Dana.P+max@Mail.Example.com ", "o'hara@example.co.uk", "root@localhost", "a@b.c",
    ])
    func `an address that people have is one`(_ text: String) throws {
        let address = try MailAddress(text)
        let spelled = text.trimmingCharacters(in: .whitespaces)
        #expect(address.description.lowercased() == spelled.lowercased())
        #expect(try MailAddress(address.description) == address)
    }

    @Test(arguments: [
        "", "@", "dana", "dana@", "@example.com", "dana@example.com\r\nRCPT TO:<eve@example.com>",
        "dana\r\n@example.com",
        "dana@example.com>", "<dana@example.com>", "da na@example.com", "dana@exa mple.com", "dana@-example.com",
        "dana@example..com", ".dana@example.com", "dana.@example.com", "\"dana\"@example.com", "dänä@example.com",
        "dana@exämple.com", "dana@[127.0.0.1]", "a@b@c,d@e", "dana\0@example.com", "dana@example.com\u{2028}x",
        String(repeating: "a", count: 65) + "@example.com", "a@" + String(repeating: "b.", count: 130) + "c",
    ])
    func `what could be taken for something else is no address`(_ text: String) {
        #expect(throws: MaxError.self) { try MailAddress(text) }
    }
}
