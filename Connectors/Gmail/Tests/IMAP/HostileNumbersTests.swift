import Foundation
import HostileServer
import MaxConnector
import MaxCore
import Testing

@testable import GmailConnector

/// Numbers in a server's answers: whatever they are, the worst they do is to end the reading.
struct HostileNumbersTests {
    @Test(arguments: [("IMAP4rev1", nil), ("IMAP4rev1 CONDSTORE", "HIGHESTMODSEQ 7")] as [(String, String?)])
    func `lets no number of a mail server's end more than a reading`(
        server: (capabilities: String, modSeq: String?)
    ) async throws {
        let mail = PlainMail([5, 6]) { ($0.capabilities, $0.modSeq) = (server.capabilities, server.modSeq) }
        try await mail.serve(.none) { server in
            #expect(try await read(mail, server) == nil)
            for truth in mail.told.sorted() {
                for words in HostileNumbers.variants(of: truth) {
                    mail.change { $0.lie = (truth, words) }
                    let problem = try await read(mail, server)
                    #expect([nil, "answer_not_understood"].contains(problem?.code), "\(words)")
                }
            }
        }
    }

    /// Reads some pages of a mailbox to which another message comes meanwhile, and its list.
    private func read(_ mail: PlainMail, _ server: MailServer) async throws -> Problem? {
        var reader = Reader(MailSession(server))
        defer { mail.change { $0.messages[7] = nil } }
        let found = try await problem {
            try await reader.readPage()
            mail.change { $0.messages[7] = "\\Seen" }
            for _ in 0..<4 { try await reader.readPage() }
            _ = try await MailboxListing(reader.session).page(of: "INBOX", from: nil)
        }
        await reader.session.close()
        return found
    }

    @Test(arguments: ["0", "-1", "4294967296", "1e3", "+5", "", "٣"])
    func `takes no text for the id of a message that is none`(text: String) {
        #expect(IMAPValue.atom(text).id == nil)
        #expect(throws: IMAPFault.garbled) {
            try FetchedMessage(1, [.list([.atom("UID"), .string(Data(text.utf8))])])
        }
    }

    @Test func `counts in digits alone`() {
        #expect(IMAPValue.atom("9223372036854775807").number(Int.self) == .max)
        for text in ["-1", "+1", "9223372036854775808", "1 ", "NIL", ""] {
            #expect(IMAPValue.atom(text).number(Int.self) == nil)
        }
    }
}
