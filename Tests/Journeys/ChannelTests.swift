import AcmeSandbox
import Foundation
import Glibc
import MaxCore
import NoticeReceivers
import PseudoTerminal
import Testing

/// Notices that leave the machine: as webhooks and as mail, from a server that people run.
struct ChannelTests {
    @Test func `a webhook tells of a first sync once, over a restart, with the same id at every try`() async throws {
        try await HookReceiver.run {
            HookReceiver.Answer($0 < 1 ? 503 : 204)
        } _: { receiver in
            try await withAcme { place, acme in
                let secret = try await place.addHook(receiver)
                try await place.serving { _ in
                    _ = try await place.connect(acme)
                    _ = try await place.max("sync", "acme-dana")
                    _ = await receiver.posts.first(1)
                }
                try await place.serving { _ in _ = await receiver.posts.first(2) }
                let posts = receiver.posts.all
                #expect(posts.count == 2)
                #expect(Set(posts.map { $0.headers["webhook-id"] }).count == 1)
                let body = try JSON(parsing: posts[1].body)
                #expect(body["type"] == "notice.first_sync")
                #expect(body["data"]?["connection"] == "acme-dana")
                #expect(body["data"]?["title"] == "The first sync of Acme dana@acme.test is done")
                let told = String(decoding: posts[1].body, as: UTF8.self)
                #expect(!told.contains(acme.key))
                #expect(!told.contains(secret))
            }
        }
    }

    @Test func `a webhook arrives although the server is killed while it is posted`() async throws {
        try await HookReceiver.run {
            $0 < 1 ? .silence : HookReceiver.Answer(204)
        } _: { receiver in
            try await withAcme { place, acme in
                _ = try await place.addHook(receiver)
                _ = try await place.connect(acme)
                _ = try await place.max("sync", "acme-dana")
                let killed = try await place.run(["serve", "--listen", "127.0.0.1:0"]).finish { server in
                    _ = await receiver.posts.first(1)
                    kill(server, SIGKILL)
                }
                #expect(killed.status == .signalled(SIGKILL))
                // A try may take two minutes before it counts as cut short.
                var later = place.run(["--clock", "180", "--", "serve", "--listen", "127.0.0.1:0"])
                later.program = "CrashHost"
                try await place.serving(as: later) { _ in _ = await receiver.posts.first(2) }
                let posts = receiver.posts.all
                #expect(posts.count == 2)
                #expect(Set(posts.map { $0.headers["webhook-id"] }).count == 1)
                #expect(Set(posts.map(\.body)).count == 1)
            }
        }
    }

    @Test func `a webhook is added, tested, given another secret and removed`() async throws {
        try await HookReceiver.run { receiver in
            try await withPlayground { place in
                let secret = try await place.addHook(receiver)
                #expect(secret.hasPrefix("whsec_"))
                let list = try await place.max("webhooks", "--json").reply(0)
                let id = try #require(list["webhooks"]?.array?.first?["id"]?.string)
                #expect(!list.text.contains(secret))
                #expect(try await place.max("webhooks", "test", id, "--json").reply(0)["tested"]?.string == id)
                #expect(receiver.posts.all.count == 1)
                let rotated = try await place.max("webhooks", "rotate", String(id.dropFirst(4).prefix(8)), "--json")
                    .reply(0)
                #expect(rotated["secret"]?.string?.hasPrefix("whsec_") == true)
                #expect(rotated["secret"]?.string != secret)
                _ = try await place.max("webhooks", "test", id)
                let signatures = receiver.posts.all.map { $0.headers["webhook-signature"]?.split(separator: " ").count }
                #expect(signatures == [1, 2])
                #expect(try await place.max("webhooks").out.contains("in use"))
                #expect(try await place.max("webhooks", "remove", id, "--json").reply(0)["removed"]?.string == id)
                let gone = try await place.max("webhooks", "test", id, "--json").refusal(2)
                #expect(gone["code"] == "webhook_not_found")
            }
        }
    }

    @Test func `an address that is not public is refused with the way to allow it`() async throws {
        try await withPlayground { place in
            let refused = try await place.max("webhooks", "add", "https://127.0.0.1/x", "--json").refusal(2)
            #expect(refused["code"] == "private_address")
            #expect(refused["fix"]?.string?.contains("--allow-host 127.0.0.1") == true)
            let open = try await place.max("webhooks", "add", "http://hooks.example/x", "--json").refusal(2)
            #expect(open["code"] == "webhook_address_invalid")
            let kind = try await place.max(
                "webhooks", "add", "https://127.0.0.1/x", "--allow-host", "127.0.0.1", "--kinds", "expirng", "--json"
            ).refusal(2)
            #expect(kind["code"] == "notice_kind_unknown")
        }
    }

    @Test func `mail is set up with a password that nothing shows, tested and removed`() async throws {
        let password = "canary horse battery"
        var manner = MailReceiver.Manner()
        manner.login = MailReceiver.Login(user: "dana", password: password)
        try await MailReceiver.run(manner) { server in
            try await withPlayground { place in
                let options = [
                    "--host", "127.0.0.1:\(server.port)", "--from", "max@example.com", "--to", "dana@example.org",
                    "--username", "dana", "--unencrypted", "--allow-host", "127.0.0.1",
                ]
                let missing = try await place.run(["mail", "set", "--json"] + options).finish().refusal(2)
                #expect(missing["code"] == "mail_password_missing")
                let set = try await place.run(
                    ["mail", "set", "--password-stdin", "--json"] + options, input: password + "\n"
                ).finish()
                #expect(try set.reply(0)["mail"]?["to"] == "dana@example.org")
                let tested = try await place.max("mail", "test")
                #expect(tested.out == "127.0.0.1:\(server.port) took a test for dana@example.org.\n")
                #expect(server.mails.all.first?.login == manner.login)
                #expect(server.mails.all.first?.text.contains("Subject: Max: a test\r\n") == true)
                let shown = try await place.max("mail")
                #expect(!(set.out + set.err + tested.err + shown.out).contains("canary"))
                #expect(try await place.max("mail", "remove", "--json").reply(0)["removed"] == "dana@example.org")
                #expect(try await place.max("mail", "test", "--json").refusal(2)["code"] == "mail_missing")
            }
        }
    }

    @Test func `a mail server that is not public is refused when it is set, with the way to allow it`() async throws {
        try await withPlayground { place in
            let options = ["--host", "10.0.0.1", "--from", "max@example.com", "--to", "dana@example.org"]
            let refused = try await place.run(["mail", "set", "--json"] + options).finish().refusal(2)
            #expect(refused["code"] == "private_address")
            #expect(refused["fix"]?.string?.contains("--allow-host 10.0.0.1") == true)
            #expect(try await place.max("mail", "--json").reply(0)["mail"]?.object == nil)
            let set = try await place.run(["mail", "set", "--allow-host", "10.0.0.1"] + options).finish()
            #expect(set.out == "Notices are mailed to dana@example.org through 10.0.0.1.\n")
            // There was no password, and none is said to be deleted.
            #expect(try await place.max("mail", "remove").out == "Nothing is mailed any more.\n")
        }
    }

    @Test func `the password of a mail server is asked for without being shown`() async throws {
        try await withPlayground { place in
            try await place.onTerminal(
                "mail", "set", "--host", "smtp.example.com", "--from", "max@example.com", "--to", "dana@example.org",
                "--username", "dana"
            ) { tty in
                try await tty.expect("Password of dana")
                await tty.send("canary horse\r")
                try await tty.expect("Notices are mailed to dana@example.org through smtp.example.com.")
                try await tty.expectEnd(0)
            }
            let mail = try await place.max("mail", "--json").reply(0)
            #expect(mail["mail"]?["username"] == "dana")
            #expect(!mail.text.contains("canary"))
        }
    }
}

extension Playground {
    /// Adds a webhook on this machine and gives its secret.
    fileprivate func addHook(_ receiver: HookReceiver) async throws -> String {
        let added = try await max("webhooks", "add", receiver.url, "--allow-host", "127.0.0.1", "--json").reply(0)
        return try #require(added["secret"]?.string)
    }
}
