import Foundation
import HostileServer
import MaxConnector
import MaxCore
import MaxHub
import MaxStore
import MaxVault
import NoticeReceivers
import Testing

@testable import MaxNotices

/// Letters, and the mailbox they go to.
@Suite(.timeLimit(.minutes(5))) struct MailDeliveryTests {
    @Test func `a letter says what happened and what to do`() async throws {
        var manner = MailReceiver.Manner()
        manner.login = MailRoom.login
        manner.certificate = (TestCertificates.good, TestCertificates.key)
        try await MailReceiver.run(manner) { server in
            try await PostOffice.run { office in
                _ = try await office.setMail("localhost:\(server.port)")
                try await office.tell("acme")
                await office.keeper.sendAll()
                let mail = try #require(server.mails.all.first)
                #expect(mail.isEncrypted)
                #expect(mail.text.contains("Subject: Max: acme needs attention\r\n"))
                #expect(mail.text.contains("\r\n\r\nacme needs attention\r\nIt was refused.\r\nmax status\r\n"))
                #expect(mail.text.contains("\r\nAuto-Submitted: auto-generated\r\n"))
            }
        }
    }

    @Test func `a refused password is tried once and never again`() async throws {
        var manner = MailReceiver.Manner()
        manner.login = MailReceiver.Login(user: "dana", password: "another")
        manner.certificate = (TestCertificates.good, TestCertificates.key)
        try await MailReceiver.run(manner) { server in
            try await PostOffice.run { office in
                _ = try await office.setMail("localhost:\(server.port)")
                try await office.tell("a", "b")
                for _ in 0..<3 {
                    await office.keeper.sendAll()
                    office.advance(by: 86_400)
                }
                #expect(server.commands.all.filter { $0.hasPrefix("AUTH") }.count == 1)
                #expect(
                    try await office.channels.mail()?.end?.sentence == "localhost rejected this user name and password."
                )
            }
        }
    }

    @Test func `a password goes to no other server than the one that it was given for`() async throws {
        try await PostOffice.run { office in
            _ = try await office.setMail("localhost:465")
            _ = try await office.setMail("localhost:587", password: nil)
            let refused = await #expect(throws: MaxError.self) {
                try await office.setMail("elsewhere.example", password: nil)
            }
            #expect(refused?.code == .mailPasswordMissing)
            #expect(try await office.channels.mail()?.settings.server == "localhost:587")
        }
    }

    @Test(arguments: [["PLAIN"], ["LOGIN"]])
    func `a server that is spoken to while mail is set up anew does not hear the new password`(
        _ ways: [String]
    ) async throws {
        var manner = MailReceiver.Manner()
        manner.login = MailRoom.login
        manner.ways = ways
        manner.certificate = (TestCertificates.good, TestCertificates.key)
        try await MailReceiver.run(manner) { server in
            try await PostOffice.run { office in
                _ = try await office.setMail("localhost:\(server.port)")
                let meanwhile = office.channels {
                    _ = try await office.setMail("localhost:465", password: SecretValue("another"))
                }
                let problem = try await MailRoom.problem { try await meanwhile.testMail() }
                #expect(problem?.code == "mail_changed")
                #expect(server.mails.all.isEmpty)
                let heard = server.commands.all.joined()
                #expect(heard.contains("EHLO"))
                #expect(!heard.contains(Data("\0dana\0another".utf8).base64EncodedString()))
                #expect(!heard.contains(Data("another".utf8).base64EncodedString()))
            }
        }
    }

    @Test func `however many set mail up at once, there is one mailbox, with the password of its server`() async throws
    {
        try await PostOffice.run { office in
            let hosts = (0..<6).map { "93.184.216.\($0)" }
            try await withThrowingDiscardingTaskGroup { group in
                for host in hosts {
                    group.addTask { _ = try await office.setMail(host, password: SecretValue("password of \(host)")) }
                }
            }
            let rows = try await office.store.noticeChannels()
            #expect(rows.count == 1)
            let mail = try #require(try await office.channels.mail())
            let password = try await office.channels.read(.password, of: mail.id)
            #expect(password?.withText { $0 } == "password of \(mail.settings.host)")
        }
    }

    @Test(arguments: ["10.0.0.1", "127.0.0.1:2525", "somewhere.example:587", "[::1]:25"])
    func `a mail server that is not public is refused unless its host is allowed, with its port or without`(
        _ server: String
    ) async throws {
        try await PostOffice.run { office in
            let set = { hosts in
                try await office.channels.setMail(
                    MailSettings(
                        server: server, from: "max@example.com", to: "dana@example.org", user: nil, allowing: hosts),
                    kinds: [], password: nil)
            }
            let refused = await #expect(throws: MaxError.self) { try await set([]) }
            #expect(refused?.code == .privateAddress)
            #expect(try await office.channels.mail() == nil)
            let host = try MailSettings(server: server, from: "a@b.c", to: "d@e.f", user: nil).host
            #expect(refused?.fix?.contains("--allow-host \(host)") == true)
            #expect(try await set([host]).settings.allowedHosts == [host])
            _ = try await set([server.contains("]") || server.contains(":") ? server : "\(server):465"])
        }
    }
}
