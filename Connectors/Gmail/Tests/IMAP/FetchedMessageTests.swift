import Foundation
import Testing

@testable import GmailConnector

struct FetchedMessageTests {
    private func message(_ items: String) throws -> FetchedMessage {
        var reader = ResponseReader()
        reader.feed(Data("* 5 FETCH (\(items))\r\n".utf8))
        guard case .data("FETCH", let number?, let values) = try reader.next() else { throw IMAPFault.garbled }
        return try FetchedMessage(number, values)
    }

    @Test func `reads what servers tell, Gmail's own items among them`() throws {
        let message = try message(
            #"UID 9 FLAGS (\Seen $Label) INTERNALDATE "17-Jul-1996 02:44:25 -0700" RFC822.SIZE 4286 MODSEQ (12345678901)"#
                + #" X-GM-MSGID 1278455344230334865 X-GM-THRID 1266894439832287888"#
                + #" X-GM-LABELS ("\\Inbox" "\\Sent" Muy&AOE-ntes "a b") BODY[HEADER] {2}"# + "\r\nx: BODY[1.mime] NIL")
        #expect(message.number == 5 && message.uid == 9)
        #expect(message.flags == ["\\Seen", "$Label"])
        #expect(message.received == Date(timeIntervalSince1970: 837_596_665))
        #expect(message.size == 4_286)
        #expect(message.modSeq == 12_345_678_901)
        #expect(message.gmailMessage == 1_278_455_344_230_334_865)
        #expect(message.gmailThread == 1_266_894_439_832_287_888)
        #expect(message.gmailLabels == ["\\Inbox", "\\Sent", "Muyántes", "a b"])
        #expect(message.header == Data("x:".utf8))
        #expect(message.sections["1.MIME"] == Data())
        #expect(message.whole == nil)
    }

    @Test func `reads an envelope`() throws {
        let message = try message(
            #"ENVELOPE ("Wed, 17 Jul 1996 02:23:25 -0700" "=?utf-8?q?caf=C3=A9?=" (("Terry Gray" NIL "gray" "cac.test"))"#
                + #" (("Terry Gray" NIL "gray" "cac.test")) NIL ((NIL NIL "imap" "cac.test")(NIL NIL "b" NIL))"#
                + #" NIL NIL NIL "<B27397@cac.test>")"#)
        #expect(message.envelope?.subject == Data("=?utf-8?q?caf=C3=A9?=".utf8))
        #expect(message.envelope?.from.first?.name == Data("Terry Gray".utf8))
        #expect(message.envelope?.to.map(\.host) == [Data("cac.test".utf8), nil])
        #expect(message.envelope?.replyTo == [])
        #expect(message.envelope?.inReplyTo == nil)
        #expect(message.envelope?.messageID == Data("<B27397@cac.test>".utf8))
    }

    @Test func `numbers the parts of a message, those of messages inside it too`() throws {
        let text = #"("text" "plain" ("charset" "utf-8") NIL NIL "7bit" 10 1)"#
        let inner = #"(\#(text)("application" "pdf" NIL NIL NIL "base64" 99) "mixed")"#
        let envelope = "(NIL NIL NIL NIL NIL NIL NIL NIL NIL NIL)"
        let picture =
            #"("image" "png" ("name" "a.png") "<c@x>" NIL "BASE64" 7 NIL ("attachment" ("filename" "a.png")) NIL NIL)"#
        let message = try message(
            #"BODYSTRUCTURE (\#(text)("message" "rfc822" NIL NIL NIL "7bit" 300 \#(envelope) \#(inner) 12)"#
                + #"("message" "rfc822" NIL NIL NIL "7bit" 300 \#(envelope) \#(text) 12)"#
                + #"\#(picture) "mixed" ("boundary" "b") NIL NIL)"#)
        let whole = try #require(message.structure)
        func leaves(_ part: BodyPart) -> [String] {
            part.parts.isEmpty ? ["\(part.number) \(part.mediaType)"] : part.parts.flatMap(leaves)
        }
        #expect(
            leaves(whole) == ["1 text/plain", "2.1 text/plain", "2.2 application/pdf", "3.1 text/plain", "4 image/png"])
        #expect(whole.mediaType == "multipart/mixed")
        #expect(whole.parameters["boundary"] == Data("b".utf8))
        let last = try #require(whole.parts.last)
        #expect(last.disposition == "attachment")
        #expect(last.dispositionParameters["filename"] == Data("a.png".utf8))
        #expect(last.contentID == Data("<c@x>".utf8))
        #expect(last.encoding == "base64" && last.size == 7)
    }

    @Test(
        arguments: [
            "UID", "BODYSTRUCTURE (1)", "BODYSTRUCTURE NIL", "ENVELOPE (NIL)", "ENVELOPE NIL",
            "BODYSTRUCTURE ((\"a\" \"b\" NIL NIL NIL \"7bit\" 1))",
            "ENVELOPE (NIL NIL ((NIL)) NIL NIL NIL NIL NIL NIL NIL)",
        ])
    func `refuses what is not whole`(items: String) {
        #expect(throws: IMAPFault.self) { try message(items) }
    }

    @Test(
        arguments: [
            ("1-Jan-1970 00:00:00 +0000", 0), (" 1-Jan-1970 00:00:00 +0000", 0),
            ("29-Feb-2024 23:59:60 +0530", 1_709_231_400),
            ("31-Dec-1969 23:59:59 +0000", -1),
        ] as [(String, Double)])
    func `reads dates`(text: String, seconds: Double) {
        #expect(Date(imap: text)?.timeIntervalSince1970 == seconds)
    }

    @Test(arguments: [
        "", "1-Foo-1970 00:00:00 +0000", "1-Jan-1970 00:00 +0000", "x-Jan-1970 00:00:00 +0000",
        "1-Jan-1970 24:00:00 +0000",
    ])
    func `reads no date where there is none`(text: String) {
        #expect(Date(imap: text) == nil)
    }
}

struct MailboxNameTests {
    @Test(
        arguments: [
            ("INBOX", "INBOX"), ("A&-B", "A&B"), ("~peter/mail/&U,BTFw-/&ZeVnLIqe-", "~peter/mail/台北/日本語"),
            ("Entw&APw-rfe", "Entwürfe"), ("&2D3eAA-", "😀"), ("&-&-", "&&"),
        ])
    func `is read and spelt in modified UTF-7`(wire: String, name: String) {
        #expect(MailboxName.decode(Data(wire.utf8), isUTF8: false) == name)
        #expect(MailboxName.encode(name, isUTF8: false) == Data(wire.utf8))
    }

    @Test(arguments: ["&", "&abc", "a&!!!-", "&AA-", "&AAAA", "Entwürfe & Co"])
    func `stays as it is when it is badly spelt`(wire: String) {
        #expect(MailboxName.decode(Data(wire.utf8), isUTF8: false) == wire)
    }

    @Test func `is plain UTF-8 where that was agreed on`() {
        #expect(MailboxName.decode(Data("A&-ü".utf8), isUTF8: true) == "A&-ü")
        #expect(MailboxName.encode("A&ü", isUTF8: true) == Data("A&ü".utf8))
    }
}
