import Dovecot
import Foundation
import MaxCore
import Testing

@testable import GmailConnector

/// What is collected, and what of it again, from a real mail server with QRESYNC and without Gmail's extensions.
struct MailboxFeedTests {
    @Test func `reads thousands of messages in bounded pages, each once`() async throws {
        try await Dovecot.run { server in
            try server.add((1...2500).map { .sample($0, size: 500 + $0 % 3000) })
            try await Reader.read(server) { reader in
                try await reader.read()
                #expect(reader.messages.count == 2500)
                #expect(Set(reader.subjects).count == 2500)
                #expect(reader.told == 2500)
                #expect(reader.largestPage <= MailboxFeed.mostMessages)
                #expect(reader.messages.values.allSatisfy { $0["text"]?.string?.contains("quick brown fox") == true })
                #expect(Set(try await reader.list().keys) == Set(reader.messages.keys))
            }
        }
    }

    @Test func `asks no more than a mailbox's numbers when nothing happened`() async throws {
        try await Dovecot.run { server in
            try server.add((1...30).map { .sample($0) })
            try await Reader.read(server) { reader in
                try await reader.read()
                try await reader.read()
                #expect(reader.pages == 1 && reader.told == 0 && reader.gone == 0)
            }
        }
    }

    @Test func `tells flags, deletions and new messages, and nothing else`() async throws {
        try await Dovecot.run { server in
            try server.add((1...300).map { .sample($0) })
            try await Reader.read(server) { reader in
                try await reader.read()
                try await server.flag("INBOX", "\\Seen \\Flagged", ["uid", "5"])
                try await server.expunge("INBOX", ["uid", "7:9"])
                try server.add([.sample(301)])
                try await reader.read()
                #expect(reader.gone == 3)
                #expect(reader.told == 2)
                #expect(reader.messages.count == 298)
                let seen = reader.messages.values.filter { $0["isUnread"] == .bool(false) }
                #expect(seen.map { $0["subject"] } == ["Message 5"])
                #expect(seen.first?["isFlagged"] == .bool(true))
                #expect(reader.subjects.contains("Message 301"))
                let listed = try await reader.list()
                for (id, marks) in listed { #expect(reader.messages[id]?.merging(marks) { $1 } == reader.messages[id]) }
            }
        }
    }

    @Test func `finds a message that was moved to another mailbox`() async throws {
        try await Dovecot.run { server in
            try server.add((1...5).map { .sample($0) })
            try server.add([.sample(6)], to: "Work")
            try await Reader.read(server) { reader in
                try await reader.read()
                try await reader.read("Work")
                try await server.doveadm("move", arguments: ["Work", "mailbox", "INBOX", "uid", "2"])
                try await reader.read()
                try await reader.read("Work")
                #expect(reader.messages.count == 6)
                #expect(Set(reader.messages.keys.filter { $0.hasPrefix("Work/") }).count == 2)
            }
        }
    }

    @Test func `reads a mailbox anew whose ids are worth nothing any more, and keeps no twin`() async throws {
        try await Dovecot.run { server in
            try server.add((1...40).map { .sample($0) })
            try await Reader.read(server) { reader in
                try await reader.read()
                let before = Set(reader.messages.keys)
                try await server.changeValidity(of: "INBOX", to: 4_000_000)
                try await reader.read()
                #expect(reader.gone == 40)
                #expect(reader.messages.count == 40 && before.isDisjoint(with: reader.messages.keys))
                #expect(Set(reader.subjects).count == 40)
            }
        }
    }

    @Test func `goes on after the first page where it was left`() async throws {
        try await Dovecot.run { server in
            try server.add((1...600).map { .sample($0) })
            try await Reader.read(server) { reader in
                try await reader.readPage()
                #expect(reader.messages.count == MailboxFeed.mostMessages)
                try await server.expunge("INBOX", ["uid", "1:10"])
                try server.add([.sample(601)])
                try await reader.read()
                #expect(reader.told == 600 - MailboxFeed.mostMessages - 10 + 1)
                #expect(Set(try await reader.list().keys) == Set(reader.messages.keys))
            }
        }
    }

    @Test func `says of a mailbox that was renamed meanwhile that it is not there`() async throws {
        try await Dovecot.run { server in
            try server.add([.sample(9)])
            try server.add((1...3).map { .sample($0) }, to: "Work")
            try await Reader.read(server) { reader in
                try await reader.read("Work")
                try await server.rename("Work", to: "Play")
                var problem: Problem?
                do { try await reader.read("Work") } catch let found as Problem { problem = found }
                #expect(problem?.isAbsence == true)
                #expect(problem?.sentence?.contains("localhost") == true)
                #expect(reader.messages.count == 3)
                #expect(try await reader.session.mailboxes(anew: true).all.map(\.name).contains("Play"))
                try await reader.read("Play")
                #expect(reader.messages.count == 6)
            }
        }
    }

    @Test func `fetches the beginning of a large message, and says so`() async throws {
        try await Dovecot.run { server in
            let attachment = String(repeating: String(repeating: "QUJD", count: 19) + "\r\n", count: 30_000)
            let text = """
                Subject: Large\r
                Content-Type: multipart/mixed; boundary=b\r
                \r
                --b\r
                Content-Type: text/plain\r
                \r
                words\r
                --b\r
                Content-Type: application/pdf; name=large.pdf\r
                Content-Disposition: attachment; filename=large.pdf\r
                Content-Transfer-Encoding: base64\r
                \r
                \(attachment)--b\r
                Content-Type: image/png; name=last.png\r
                \r
                x\r
                --b--\r\n
                """
            try server.add([DovecotMessage(Data(text.utf8)), .sample(2)])
            try await Reader.read(server) { reader in
                try await reader.read()
                let large = try #require(reader.messages.first { $0.value["subject"] == "Large" })
                #expect(large.value["text"] == "words")
                #expect(large.value["isTextCut"] == .bool(true))
                #expect(reader.attachments == ["\(large.key)/2", "\(large.key)/3"])
            }
        }
    }
}
