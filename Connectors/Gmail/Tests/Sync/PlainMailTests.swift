import MaxCore
import Testing

@testable import GmailConnector

/// What is collected from servers that keep no modification sequences, and of mailboxes that change between two pages.
struct PlainMailTests {
    @Test(arguments: [("IMAP4rev1", nil), ("IMAP4rev1 CONDSTORE", "NOMODSEQ")] as [(String, String?)])
    func `compares every mark where nobody tells which changed`(
        server: (capabilities: String, modSeq: String?)
    ) async throws {
        let mail = PlainMail(Array(1...300)) { ($0.capabilities, $0.modSeq) = (server.capabilities, server.modSeq) }
        try await mail.read { reader in
            try await reader.read()
            #expect(reader.messages.count == 300)
            mail.change {
                $0.messages[5] = "\\Seen \\Flagged"
                for id in 7...9 { $0.messages[UInt32(id)] = nil }
                $0.messages[301] = ""
            }
            try await reader.read()
            #expect(reader.gone == 3)
            #expect(reader.messages.count == 298)
            let seen = reader.messages.values.filter { $0["isUnread"] == .bool(false) }
            #expect(seen.map { $0["subject"] } == ["Message v5m5"])
            #expect(reader.subjects.contains("Message v5m301"))
            #expect(Set(try await reader.list().keys) == Set(reader.messages.keys))
        }
        #expect(!mail.commands.contains { $0.contains("CHANGEDSINCE") })
    }

    @Test func `asks a server without extensions for none`() async throws {
        let mail = PlainMail([1, 2])
        try await mail.read { reader in try await reader.read() }
        let extensions = ["CONDSTORE", "QRESYNC", "ENABLE", "RETURN", "HIGHESTMODSEQ", "X-GM"]
        #expect(!mail.commands.contains { command in extensions.contains { command.contains($0) } })
        #expect(mail.commands.contains { $0.hasPrefix("UID FETCH") })
    }

    @Test func `begins anew where ids became worthless in the middle of a reading`() async throws {
        let mail = PlainMail(Array(1...600))
        try await mail.read { reader in
            try await reader.readPage()
            let first = Set(reader.messages.keys)
            #expect(first.count == MailboxFeed.mostMessages)
            mail.change {
                $0.validity = 9
                $0.answers = ["UID FETCH": "* BYE the mailbox was rebuilt\r\n"]
            }
            let broken = try await problem { try await reader.readPage() }
            #expect(broken?.kind == .retryable)
            mail.change { $0.answers = [:] }
            try await reader.readPage()
            #expect(reader.gone == first.count)
            #expect(reader.told == MailboxFeed.mostMessages)
            try await reader.read()
            #expect(reader.messages.count == 600 && first.isDisjoint(with: reader.messages.keys))
            #expect(Set(try await reader.list().keys) == Set(reader.messages.keys))
        }
    }

    @Test func `says of a mailbox that was deleted in the middle of a reading that it is not there`() async throws {
        let mail = PlainMail(Array(1...600))
        try await mail.read { reader in
            try await reader.readPage()
            mail.change {
                $0.isThere = false
                $0.answers = ["UID FETCH": "TAG NO [NONEXISTENT] it was deleted\r\n"]
            }
            for _ in 0..<2 {
                let found = try await problem { try await reader.readPage() }
                #expect(found?.isAbsence == true)
                #expect(found?.sentence?.contains("localhost") == true)
            }
            #expect(reader.messages.count == MailboxFeed.mostMessages)
        }
    }
}
