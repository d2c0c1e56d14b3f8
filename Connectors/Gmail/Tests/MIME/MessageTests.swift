import Foundation
import Testing

@testable import GmailConnector

@Suite struct MessageTests {
    private func message(_ text: String) -> MailMessage {
        MailMessage(Array(text.replacing("\r\n", with: "\n").replacing("\n", with: "\r\n").utf8))
    }

    @Test func `reads a whole message`() {
        let mail = message(
            """
            Message-ID: <a@example.com>
            References: <r1@example.com>
             <r2@example.com>
            From: Dana <dana@example.com>
            To: erin@example.com
            Subject: Hello
            Date: Mon, 02 Feb 2026 03:04:05 +0000

            First line
            Second line
            """)
        #expect(mail.messageID == "a@example.com")
        #expect(mail.references == ["r1@example.com", "r2@example.com"])
        #expect(mail.from == [MailAddress(name: "Dana", address: "dana@example.com")])
        #expect(mail.text == "First line\nSecond line")
        #expect(mail.snippet == "First line Second line")
        #expect(mail.attachments.isEmpty && !mail.isCut)
    }

    @Test func `chooses the plain one of two alternatives`() {
        let mail = message(
            """
            Content-Type: multipart/alternative; boundary=b

            --b
            Content-Type: text/plain

            plain
            --b
            Content-Type: text/html

            <p>html</p>
            --b--
            """)
        #expect(mail.text == "plain")
    }

    @Test func `makes text of HTML where the plain one is empty`() {
        let mail = message(
            """
            Content-Type: multipart/alternative; boundary=b

            --b
            Content-Type: text/plain


            --b
            Content-Type: text/html; charset=utf-8

            <style>p { color: red }</style><p>Caf&eacute; &amp; t&#233;a</p><script>alert("x")</script><p>more</p>
            --b--
            """)
        #expect(mail.text == "Café & téa\n\nmore")
    }

    @Test func `tells attachments from text and from each other`() {
        let mail = message(
            """
            Content-Type: multipart/mixed; boundary="out"

            preamble
            --out
            Content-Type: multipart/related; boundary="out-in"

            --out-in
            Content-Type: text/html

            <img src="cid:logo">Hello
            --out-in
            Content-Type: image/png; name="../../logo.png"
            Content-ID: <logo>
            Content-Transfer-Encoding: base64

            QUJDRA==
            --out-in--
            --out
            Content-Type: text/plain; name=notes.txt
            Content-Disposition: attachment; filename="notes.txt"

            not the text
            --out
            Content-Type: message/rfc822

            Subject: Inner

            inner text
            --out--
            epilogue
            """)
        #expect(mail.text == "Hello")
        #expect(mail.attachments.map(\.part) == ["1.2", "2", "3"])
        #expect(mail.attachments.map(\.name) == ["logo.png", "notes.txt", "Inner"])
        #expect(mail.attachments.map(\.size) == [4, 12, 28])
        #expect(mail.attachments.map(\.contentID) == ["logo", nil, nil])
        #expect(mail.attachments.map(\.isInline) == [true, false, false])
    }

    @Test func `reads the message inside when there is no other text`() {
        #expect(message("Content-Type: message/rfc822\n\nSubject: Inner\n\ninner text").text == "inner text")
    }

    @Test func `ends a part at its own boundary only`() {
        let mail = message(
            """
            Content-Type: multipart/mixed; boundary=a

            --a
            Content-Type: text/plain

            one
            --ab
            -- a
            --a--b
            two
            --a \t
            Content-Type: text/plain

            three
            --a--
            """)
        #expect(mail.text == "one\n--ab\n-- a\n--a--b\ntwo\n\nthree")
    }

    @Test func `reads a multipart that never ends or names no boundary`() {
        #expect(message("Content-Type: multipart/mixed; boundary=a\n\n--a\n\nall there is").text == "all there is")
        #expect(message("Content-Type: multipart/mixed\n\n--a\n\ntext").text == "")
        #expect(message("Content-Type: multipart/mixed; boundary=x\n\nno part").text == "")
    }

    @Test func `takes what is no type for plain text`() {
        #expect(message("Content-Type: text\n\nwords").text == "words")
        #expect(message("Content-Type: ;;;\n\nwords").text == "words")
    }

    @Test(arguments: [
        ("quoted-printable", "a=3Db=\r\nc=C3=A9 =ZZ =", "a=bcé =ZZ"),
        ("quoted-printable", "soft=  \r\nbreak", "softbreak"),
        ("base64", "R3LDv\r\n!!MOf\r\nZQ==", "Grüße"), ("base64", "R3LDvMOfZQ", "Grüße"),
        ("base64", "QQ==Qg==", "AB"), ("base64", "A", ""), ("BASE64 (comment)", "R3LDvMOfZQ==", "Grüße"),
        ("x-unheard-of", "as it is", "as it is"), ("8bit", "Grüße", "Grüße"), ("quoted-printable", "=", ""),
    ])
    func `undoes transfer encodings, broken ones too`(encoding: String, body: String, text: String) {
        let mail = MailMessage(
            Array(
                "Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: \(encoding)\r\n\r\n\(body)".utf8)
        )
        #expect(mail.text == text)
    }

    @Test(arguments: [
        ("utf-16", [0xfe, 0xff, 0x00, 0x48, 0x00, 0x69] as [UInt8], "Hi"), ("utf-16le", [0x48, 0, 0x69, 0], "Hi"),
        ("iso-8859-1", [0x47, 0xfc], "Gü"), ("iso-8859-2", [0xb1], "ą"), ("windows-1250", [0x9c], "ś"),
        ("koi8-r", [0xf0], "П"), ("gb18030", [0x81, 0x30, 0x84, 0x36], "¥"), ("shift_jis", [0x93, 0xfa], "日"),
        ("ks_c_5601-1987", [0xc7, 0xd1], "한"), ("utf-8", [0x47, 0xff, 0x48], "G\u{fffd}H"),
        ("../../etc/passwd", [0x47, 0xfc], "Gü"), ("iso-2022-jp", [0x1b, 0x24, 0x42, 0x46, 0x7c], "日"),
        ("euc-jp", [0xc6, 0xfc, 0xff, 0x41], "日\u{fffd}A"), ("utf-7", Array("Gr+APw-e".utf8), "Grüe"),
    ])
    func `decodes charsets, and replaces what cannot be read`(name: String, bytes: [UInt8], text: String) {
        #expect(Charset.text(bytes[...], name) == text)
    }

    @Test func `joins lines that flow`() {
        let mail = message(
            "Content-Type: text/plain; format=flowed\n\none \ntwo\n> quoted \n> on\n>> deeper\n stuffed\n-- \nme")
        #expect(mail.text == "one two\n> quoted on\n>> deeper\nstuffed\n--\nme")
        let delSp = message("Content-Type: text/plain; format=flowed; delsp=yes\n\nwo \nrd")
        #expect(delSp.text == "word")
    }

    @Test(arguments: [
        ("a<br>b", "a\nb"), ("<p>a</p><p>b</p>", "a\n\nb"), ("<ul><li>a<li>b</ul>c", "- a\n- b\n\nc"),
        ("a &lt;b&gt; &unknown; &", "a <b> &unknown; &"), ("1 < 2 and 3 > 2", "1 < 2 and 3 > 2"),
        ("a<!-- <b> -->c", "ac"), ("<a title=\"x > y\">z</a>", "z"), ("<script>if (a < b) {}</script>x", "x"),
        ("<script>never ends", ""), ("<!-- never ends", ""), ("<p", ""),
        ("&#xD800;&#x110000;&#0;x", "\u{fffd}\u{fffd} x"),
        ("<td>a</td><td>b</td>", "a b"), ("a\u{200b}&zwnj;b", "a\u{200b}b"), ("<p title='never ends>x</p>y", "x\n\ny"),
    ])
    func `makes plain text of HTML`(html: String, text: String) {
        #expect(String(decoding: HTMLText.plain(Array(html.utf8)[...], limit: 1000), as: UTF8.self) == text)
    }

    @Test func `goes no deeper than it should`() {
        var text = "deepest"
        for depth in 0..<200 {
            text = "Content-Type: multipart/mixed; boundary=b\(depth)\n\n--b\(depth)\n\(text)\n--b\(depth)--"
        }
        let mail = message(text)
        #expect(mail.isCut && mail.attachments.count <= 1)
        let parts = (0..<5000).map { _ in "--b\nContent-Type: image/png\n\nx\n" }.joined()
        let wide = message("Content-Type: multipart/mixed; boundary=b\n\n\(parts)--b--")
        #expect(wide.isCut && wide.attachments.count < MailLimits().parts)
    }

    @Test func `keeps so much text and says that there was more`() {
        let mail = message("Subject: x\n\n" + String(repeating: "é words ", count: 100_000))
        #expect(mail.isCut && mail.text.utf8.count <= MailLimits().textBytes)
        #expect(!mail.text.unicodeScalars.contains("\u{fffd}"))
    }

    @Test func `drops control characters and empty lines in a row`() {
        #expect(message("\n\u{0}a\u{7}  \n\n\n\n\nb\u{1b}[31m\n\n").text == "a\n\nb[31m")
    }
}
