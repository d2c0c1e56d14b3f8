import Dovecot
import Foundation
import MaxConnector
import MaxCore
import Synchronization
import Testing

@testable import GmailConnector

/// The client against a real mail server, over TLS.
struct DovecotTests {
    @Test(arguments: [LineRequest.Security.tls, .startTLS])
    func `signs in and finds the inbox`(security: LineRequest.Security) async throws {
        try await Dovecot.run { server in
            try server.add((1...3).map { .sample($0) })
            try await MailReach.signedIn(server, security) { client in
                #expect(await client.can("QRESYNC"))
                #expect(await client.isResyncing)
                #expect(try await client.mailboxes().map(\.name) == ["INBOX"])
                let open = try await client.open("INBOX")
                #expect(open.exists == 3)
                #expect(open.nextUID == 4)
                #expect(open.highestModSeq ?? 0 > 0)
                #expect(try await client.search("ALL").description == "1:3")
            }
        }
    }

    @Test func `tells each rung once as it is reached`() async throws {
        try await Dovecot.run { server in
            for security in [LineRequest.Security.tls, .startTLS] {
                let told = Mutex<[Rung]>([])
                try await MailReach.upstream(onRung: { news in
                    if case .passed(let rung) = news { told.withLock { $0.append(rung) } }
                }) { upstream in
                    for _ in 0..<2 { await (try MailReach.open(server, security, over: upstream)).close() }
                }
                #expect(told.withLock { $0 } == [.resolve, .connect, .tls, .answer])
            }
        }
    }

    @Test func `is refused with a wrong password, and asks nobody again`() async throws {
        try await Dovecot.run { server in
            try await MailReach.upstream { upstream in
                let client = try await MailReach.open(server, over: upstream)
                let found = try await problem {
                    try await client.signIn(user: server.user, password: MailReach.password("wrong"))
                }
                #expect(found?.code == "credential_refused")
                #expect(found?.kind == .auth)
                #expect(found?.rung == .signIn)
                #expect(found?.field == "app_password")
                #expect(found?.sentence?.contains("Mail") == true)
                let again = try await problem { try await client.noop() }
                #expect(again == found)
            }
        }
    }

    @Test func `fetches thousands of messages, whole and byte by byte the same`() async throws {
        try await Dovecot.run { server in
            let sent = (1...2_000).map {
                DovecotMessage.sample($0, size: 500 + $0 * 7 % 9_000, flags: $0 % 2 == 0 ? "S" : "")
            }
            try server.add(sent)
            try await MailReach.signedIn(server) { client in
                let open = try await client.open("INBOX")
                #expect(open.exists == sent.count)
                var ids: [UInt32] = []
                for try await message in client.fetch(
                    UIDSet(1...UIDSet.last), [.flags, .received, .size, .modSeq, .body()])
                {
                    let uid = try #require(message.uid)
                    ids.append(uid)
                    #expect(message.whole == sent[Int(uid) - 1].bytes)
                    #expect(message.size == message.whole?.count)
                    #expect(message.flags?.contains("\\Seen") == (uid % 2 == 0))
                    #expect(message.modSeq ?? 0 > 0)
                    #expect(message.received != nil)
                }
                #expect(ids == Array(1...2_000))
                let headers = try await client.messages(UIDSet(1...50), [.header, .envelope, .structure])
                #expect(headers.count == 50)
                #expect(headers[6].envelope?.subject == Data("Message 7".utf8))
                #expect(headers[6].envelope?.from.first?.mailbox == Data("person7".utf8))
                #expect(headers[6].structure?.mediaType == "text/plain")
                #expect(headers[6].header.map { String(decoding: $0, as: UTF8.self) }?.hasSuffix("\r\n\r\n") == true)
                let begin = try await client.messages(UIDSet(7...7), [.body(section: "TEXT", limit: 9)])
                #expect(begin.first?.sections["TEXT"] == Data("The quick".utf8))
            }
        }
    }

    @Test func `learns what changed, and what is gone`() async throws {
        try await Dovecot.run { server in
            try server.add((1...20).map { .sample($0) })
            try await MailReach.signedIn(server) { client in
                let open = try await client.open("INBOX")
                let place = MailboxPlace(validity: open.validity, modSeq: try #require(open.highestModSeq))
                try await client.leave()

                try await server.flag("INBOX", "\\Flagged", ["uid", "5"])
                try await server.expunge("INBOX", ["uid", "8,9"])
                try server.add([.sample(21)])

                let again = try await client.open("INBOX", since: place)
                #expect(again.validity == place.validity)
                #expect(again.vanished.description == "8:9")
                #expect(Set(again.changed.compactMap(\.uid)) == [5, 21])
                #expect(again.changed.first { $0.uid == 5 }?.flags?.contains("\\Flagged") == true)

                let changes = try await client.changes(since: place.modSeq)
                #expect(Set(changes.changed.compactMap(\.uid)) == [5, 21])
                #expect(changes.vanished.description == "8:9")
                #expect(try await client.status(of: "INBOX").messages == 19)
            }
        }
    }

    @Test func `sees mailboxes renamed, gone and born again`() async throws {
        try await Dovecot.run { server in
            try await server.doveadm("mailbox", "create", arguments: ["Boîte & Co"])
            try server.add([.sample(1)])
            try await MailReach.signedIn(server) { client in
                #expect(Set(try await client.mailboxes().map(\.name)) == ["INBOX", "Boîte & Co"])
                let first = try await client.open("Boîte & Co")
                try await client.leave()
                try await server.rename("Boîte & Co", to: "日本語")
                #expect(Set(try await client.mailboxes().map(\.name)) == ["INBOX", "日本語"])
                let found = try await problem { try await client.open("Boîte & Co") }
                #expect(found?.isAbsence == true)
                #expect(try await client.open("日本語").validity == first.validity)
                try await client.leave()

                try await server.changeValidity(of: "INBOX", to: 4_711)
                let open = try await client.open("INBOX", since: MailboxPlace(validity: 1, modSeq: 1))
                #expect(open.validity == 4_711)
                #expect(open.vanished.isEmpty && open.changed.isEmpty)
            }
        }
    }

    @Test func `serves several callers one after the other`() async throws {
        try await Dovecot.run { server in
            try server.add((1...300).map { .sample($0) })
            try await MailReach.signedIn(server) { client in
                _ = try await client.open("INBOX")
                let counts = try await withThrowingTaskGroup(of: Int.self) { group in
                    for part in UIDSet(1...300).chunks(of: 50) {
                        group.addTask { try await client.messages(part, [.header]).count }
                        group.addTask {
                            var count = 0
                            for try await _ in client.fetch(part, [.body()]) { count += 1 }
                            return count
                        }
                    }
                    return try await group.reduce(into: []) { $0.append($1) }
                }
                #expect(counts == Array(repeating: 50, count: 12))
            }
        }
    }

    @Test func `is of no more use once somebody left in the middle`() async throws {
        try await Dovecot.run { server in
            try server.add((1...200).map { .sample($0, size: 20_000) })
            try await MailReach.signedIn(server) { client in
                _ = try await client.open("INBOX")
                for try await _ in client.fetch(UIDSet(1...200), [.body()]) { break }
                let found = try await problem { try await client.noop() }
                #expect(found?.code == "connection_closed")
            }
        }
    }
}
