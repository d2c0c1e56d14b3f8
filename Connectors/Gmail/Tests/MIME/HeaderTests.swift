import Foundation
import Testing

@testable import GmailConnector

@Suite struct HeaderTests {
    /// A header value and the text it stands for.
    struct Sample: Sendable {
        let value: String
        let text: String

        init(_ value: String, _ text: String) { (self.value, self.text) = (value, text) }
    }

    @Test(arguments: [
        Sample("Plain words", "Plain words"), Sample("Folded\r\n  over lines\r\n\tthrice", "Folded over lines thrice"),
        Sample("=?UTF-8?B?R3LDvMOfZQ==?=", "Grüße"), Sample("=?utf-8?q?Gr=C3=BC=C3=9Fe?=", "Grüße"),
        Sample("=?ISO-8859-1?Q?Gr=FC=DFe?= from =?ISO-8859-1?Q?K=F6ln?=", "Grüße from Köln"),
        Sample("=?UTF-8?Q?a?= =?UTF-8?Q?b?=", "ab"), Sample("=?UTF-8?Q?a?=\r\n =?UTF-8?Q?b?=", "ab"),
        Sample("=?UTF-8?Q?a?= b =?UTF-8?Q?c?=", "a b c"),
        // One letter cut between two words.
        Sample("=?UTF-8?B?44GT44KT44Gr44Gh4w==?= =?UTF-8?B?ga8=?=", "こんにちは"),
        Sample("=?UTF-8?Q?=E2=82?= =?UTF-8?Q?=AC?=", "€"),
        Sample("=?ISO-2022-JP?B?GyRCRnxLXBsoQg==?=", "日本"), Sample("=?Shift_JIS?B?k/qWew==?=", "日本"),
        Sample("=?EUC-JP?B?xvzL3A==?=", "日本"), Sample("=?GB2312?B?1tDOxA==?=", "中文"),
        Sample("=?Big5?B?pKSk5Q==?=", "中文"), Sample("=?EUC-KR?B?x9GxubE=?=", "한국\u{fffd}"),
        Sample("=?KOI8-R?B?8NLJ18XU?=", "Привет"), Sample("=?windows-1251?Q?=CF=F0=E8=E2=E5=F2?=", "Привет"),
        Sample("=?iso-8859-15?Q?=A4uro?=", "€uro"), Sample("=?UTF-8*de?Q?Gr=C3=BC=C3=9Fe?=", "Grüße"),
        Sample("=?x-unheard-of?Q?abc=20def?=", "abc def"), Sample("=?x-unheard-of?Q?=C3=A9?=", "é"),
        Sample("=?UTF-8?Q?with blanks in it?=", "with blanks in it"),
        Sample("=?UTF-8?Q?never ends", "=?UTF-8?Q?never ends"),
        Sample("=?UTF-8?B?R3LDvMOfZQ", "=?UTF-8?B?R3LDvMOfZQ"), Sample("=?UTF-8?B?R3LDvMOfZQ?=", "Grüße"),
        Sample("=?UTF-8?X?abc?=", "=?UTF-8?X?abc?="), Sample("=?", "=?"), Sample("=??=", "=??="), Sample("", ""),
        Sample("glued=?UTF-8?Q?=C3=A9?=here", "gluedéhere"), Sample("\"=?UTF-8?Q?=C3=A9?=\"", "\"é\""),
        Sample("raw Grüße in UTF-8", "raw Grüße in UTF-8"), Sample("=?UTF-8?Q?line=0Abreak=00?=", "line break"),
        Sample("=?UTF-8?Q?bad=ZZ=4?=", "bad=ZZ=4"), Sample("2 + 2 =?= 4", "2 + 2 =?= 4"),
    ])
    func `decodes what headers are written in`(sample: Sample) {
        #expect(EncodedWords.decode(Array(sample.value.utf8)[...]) == sample.text)
    }

    @Test func `takes raw bytes that are no UTF-8 for Windows-1252`() {
        #expect(EncodedWords.decode([0x47, 0x72, 0xfc, 0xdf, 0x65, 0x93]) == "Grüße“")
    }

    @Test func `bounds a value and never cuts a letter`() {
        let long = Array(String(repeating: "é", count: 5000).utf8)
        let text = EncodedWords.decode(long[...], limit: 101)
        #expect(text == String(repeating: "é", count: 50))
    }

    @Test(arguments: [
        (#"text/plain; charset=utf-8"#, "charset", "utf-8"), (#"text/plain; charset="utf-8""#, "charset", "utf-8"),
        (#"text/plain; charset = "utf-8" (comment)"#, "charset", "utf-8"),
        (#"Text/Plain;CHARSET=UTF-8;"#, "charset", "UTF-8"),
        (#"multipart/mixed; boundary="a;b \"c\"""#, "boundary", #"a;b "c""#),
        (#"application/x; name*=utf-8''Gr%C3%BC%C3%9Fe.pdf"#, "name", "Grüße.pdf"),
        (#"application/x; name*0="first "; name*1="second.pdf""#, "name", "first second.pdf"),
        (#"application/x; name*1*=%C3%9Fe; name*0*=utf-8'de'Gr%C3%BC"#, "name", "Grüße"),
        (#"application/x; name*0*=utf-8''%E4%BD; name*1*=%A0; name*2=.txt"#, "name", "你.txt"),
        (#"application/x; name="=?UTF-8?B?R3LDvMOfZQ==?=.pdf""#, "name", "Grüße.pdf"),
        (#"application/x; name=two words.pdf; x=1"#, "name", "two words.pdf"),
        (#"application/x; name="never ends"#, "name", "never ends"), (#"application/x; ; ;name=a"#, "name", "a"),
        (#"text/plain; name=%41"#, "name", "%41"), (#"text/plain (a; name=no) ; name=yes"#, "name", "yes"),
        (#"text/plain; name*=broken"#, "name", "broken"), (#"text/plain; name*="#, "name", ""),
    ])
    func `reads parameters`(value: String, name: String, expected: String) {
        #expect(HeaderParameters(Array(value.utf8)[...])[name] == expected)
    }

    @Test func `reads the value in front of parameters`() {
        #expect(HeaderParameters(Array(" Text/HTML (x); a=b".utf8)[...]).value == "text/html")
        #expect(HeaderParameters([]).value == "")
    }

    /// An address field and whom it names, as `name|address`.
    @Test(arguments: [
        ("dana@example.com", ["|dana@example.com"]), ("<dana@example.com>", ["|dana@example.com"]),
        ("Dana <dana@example.com>", ["Dana|dana@example.com"]),
        (
            #""Miller, Dana" <dana@example.com>, Erin <erin@example.com>"#,
            ["Miller, Dana|dana@example.com", "Erin|erin@example.com"]
        ),
        ("dana@example.com (Dana Miller)", ["Dana Miller|dana@example.com"]),
        ("(a (nested) comment) dana@example.com", ["a (nested) comment|dana@example.com"]),
        ("Team: Dana <dana@example.com>, erin@example.com;", ["Dana|dana@example.com", "|erin@example.com"]),
        ("undisclosed-recipients:;", ["undisclosed-recipients|"]), ("Nobody: ;, a@b.c", ["Nobody|", "|a@b.c"]),
        ("=?UTF-8?Q?J=C3=BCrgen?= <j@example.com>", ["Jürgen|j@example.com"]),
        (#""=?UTF-8?Q?J=C3=BCrgen?=" <j@example.com>"#, ["Jürgen|j@example.com"]),
        ("<@relay.example,@other.example:dana@example.com>", ["|dana@example.com"]),
        ("Dana <dana@example.com", ["Dana|dana@example.com"]), ("Dana Miller", ["Dana Miller|"]),
        (#"'Dana' <dana@example.com>"#, ["Dana|dana@example.com"]), (",,, ,", []), ("", []),
        (#""dana smith"@example.com"#, [#"|"danasmith"@example.com"#]),
        (#""never ends <dana@example.com>"#, ["never ends|dana@example.com"]),
        ("dana@example.com; erin@example.com", ["|dana@example.com", "|erin@example.com"]),
        ("dana@example.com <dana@example.com>", ["|dana@example.com"]), ("mailto:<mailto:a@b.c>", ["|a@b.c"]),
        ("Dana\r\n <dana@example.com>", ["Dana|dana@example.com"]), (#"Da\"na <d@e.f>"#, [#"Da\na|d@e.f"#]),
    ])
    func `reads addresses`(value: String, expected: [String]) {
        let found = MailAddress.list(Array(value.utf8)[...]).map { "\($0.name ?? "")|\($0.address)" }
        #expect(found == expected)
    }

    @Test func `reads no more addresses than anybody could be written to`() {
        let many = (0..<5000).map { "a\($0)@example.com" }.joined(separator: ",")
        #expect(MailAddress.list(Array(many.utf8)[...]).count == MailLimits().addresses)
    }

    @Test(arguments: [
        ("Mon, 02 Feb 2026 03:04:05 +0000", "2026-02-02T03:04:05Z"), ("2 Feb 2026 03:04 +0100", "2026-02-02T02:04:00Z"),
        ("Mon, 2 Feb 26 03:04:05 GMT", "2026-02-02T03:04:05Z"), ("Mon, 2 Feb 99 03:04:05 EST", "1999-02-02T08:04:05Z"),
        ("Mon, 2 Feb 126 03:04:05 Z", "2026-02-02T03:04:05Z"), ("Mon Feb  2 03:04:05 2026", "2026-02-02T03:04:05Z"),
        ("Mon, 02 Feb 2026 03:04:05 -0800 (PST)", "2026-02-02T11:04:05Z"),
        ("2 Feb 2026 23:59:60 +0000", "2026-02-02T23:59:59Z"),
        ("Mon, 2 Feb 2026 03:04:05 +9900", "2026-02-02T03:04:05Z"),
        ("Mon, 2 Feb 2026 03:04:05 nonsense", "2026-02-02T03:04:05Z"),
        ("2026-02-02T03:04:05Z", "2026-02-02T03:04:05Z"), ("2026-02-02T03:04:05+02:00", "2026-02-02T01:04:05Z"),
        ("2026-02-02 03:04:05 -0100", "2026-02-02T04:04:05Z"), ("02-Feb-2026 03:04:05 +0000", "2026-02-02T03:04:05Z"),
        ("Mon, 02 Feb 2026 03:04:05 GMT+0200", "2026-02-02T01:04:05Z"), ("2 Feb 2026", "2026-02-02T00:00:00Z"),
        ("Mon, 31 Feb 2026 03:04:05 +0000", "2026-02-28T03:04:05Z"),
        ("Monday, 2 February 2026 3:04:05 PM", "2026-02-02T15:04:05Z"),
        ("29 Feb 2024 00:00:00 +0000", "2024-02-29T00:00:00Z"), ("1 Jan 1970 00:00:00 +0000", "1970-01-01T00:00:00Z"),
        ("(comment) 2 (in (deep)) Feb 2026 03:04:05", "2026-02-02T03:04:05Z"),
        ("2 Feb 2026 25:99", "2026-02-02T00:00:00Z"),
    ])
    func `reads dates`(value: String, expected: String) throws {
        let date = try #require(MailDate.parse(Array(value.utf8)[...]))
        #expect(date.formatted(.iso8601) == expected)
    }

    @Test(arguments: [
        "", "yesterday", "99 Foo 2026", "01/02/2026 03:04", "2 Feb", "2 Feb 1066", ":::", "+0200", "2 2 2",
    ])
    func `makes no date of what is none`(value: String) {
        #expect(MailDate.parse(Array(value.utf8)[...]) == nil)
    }

    @Test func `reads fields until the first line that is none`() {
        let block = HeaderBlock(
            Array("From x@y Mon Feb 2\r\nSubject: a\r\n b\r\nX: 1\r\nnot a field\r\nSubject: c".utf8)[...], MailLimits()
        )
        #expect(block.fields.map(\.name) == ["subject", "x"])
        #expect(block.first("subject").map { EncodedWords.decode($0) } == "a b")
    }

    @Test func `bounds fields and their number`() {
        let many = (0..<5000).map { "X-\($0): y\r\n" }.joined() + "\r\nbody"
        let block = HeaderBlock(Array(many.utf8)[...], MailLimits())
        #expect(block.fields.count == MailLimits().headerFields)
        let endless = "Subject: " + String(repeating: "a", count: 1 << 20)
        #expect(MailMessage(Array(endless.utf8)).subject?.utf8.count == MailLimits().lineBytes)
    }
}
