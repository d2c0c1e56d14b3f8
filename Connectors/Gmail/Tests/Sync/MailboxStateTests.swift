import MaxCore
import Testing

@testable import GmailConnector

@Suite struct MailboxStateTests {
    private func set(_ text: String) -> UIDSet { UIDSet(parsing: text) ?? UIDSet() }

    @Test(arguments: [
        ("1:10", "3:5", "1:2,6:10"), ("1:10", "1:10", ""), ("1:10", "20", "1:10"), ("1:3,7:9", "2:8", "1,9"),
        ("5", "1:4,6:9", "5"), ("1:10", "1,10", "2:9"), ("1:4,6:9", "4:6", "1:3,7:9"),
        ("4294967294:*", "*", "4294967294"), ("4294967294:*", "4294967294", "*"), ("1:*", "2:4294967294", "1,*"),
    ])
    func `takes ids out of a set`(one: String, other: String, expected: String) {
        #expect(set(one).subtracting(set(other)) == set(expected))
    }

    @Test func `takes the highest ids of a set`() {
        #expect(set("1:3,7:9").suffix(4) == set("3,7:9"))
        #expect(set("1:3").suffix(10) == set("1:3"))
        #expect(set("1:3").suffix(0).isEmpty)
    }

    @Test func `counts nothing below the first message, and never out of range`() {
        #expect(UIDSet(below: 0).isEmpty && UIDSet(below: 1).isEmpty)
        #expect(UIDSet(below: 3) == set("1:2"))
        let sizes: [Int?] = [.max, nil, 0, .max]
        let found = sizes.enumerated().map { place, size in
            var message = FetchedMessage(number: 1)
            (message.uid, message.size) = (UInt32(place + 1), size)
            return message
        }
        let batch = MailBatch(found, mostBytes: 1, mostOfMessage: 10)
        #expect(batch.large == set("4"))
        #expect(batch.passedOver(in: set("1:*")) == set("4:*"))
    }

    @Test func `keeps a state in a cursor`() throws {
        var state = MailboxState(validity: 7)
        (state.next, state.modSeq, state.known, state.left) = (12, 1 << 60, set("1:5,9"), set("10:11"))
        #expect(MailboxState(cursor: state.cursor) == state)
        #expect(MailboxState(cursor: MailboxState(validity: 1).cursor) == MailboxState(validity: 1))
        for text in ["", "none", "{}", #"{"v":1}"#, #"{"v":-1,"k":"","l":""}"#] {
            #expect(MailboxState(cursor: text) == nil)
        }
    }

    @Test(arguments: ["INBOX", "a/b/c", "[Gmail]/All Mail", "家族"])
    func `names a message by its place`(mailbox: String) {
        let key = MessageKey(mailbox, 11, 42)
        #expect(MessageKey(key.id) == key)
        for text in ["", "INBOX/1", "INBOX/x/1", "/"] { #expect(MessageKey(text) == nil) }
    }

    @Test(arguments: [
        ("abcd efgh ijkl mnop", true), ("abcdefghijklmnop", true), ("abcd\u{a0}efgh\u{a0}ijkl\u{a0}mnop", true),
        ("hunter2", false), ("abcdefghijklmno1", false), ("abcdefghijklmnopq", false), ("", false),
        ("äbcdefghijklmnop", false),
    ])
    func `knows an app password by its shape`(text: String, isOne: Bool) {
        #expect(GmailCredentials.isAppPassword(text) == isOne)
    }

    @Test(arguments: [
        ("Dana@Gmail.com", "dana@gmail.com"), (" dana@googlemail.com ", "dana@gmail.com"),
        ("d.a.n.a+tag@gmail.com", "d.a.n.a+tag@gmail.com"), ("Dana@example.com", "dana@example.com"),
    ])
    func `folds addresses as far as it is honest`(address: String, account: String) {
        #expect(GmailConfig(address: address, host: "x", port: 993, security: "tls").account == account)
    }
}
