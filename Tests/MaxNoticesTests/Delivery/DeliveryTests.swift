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

@Suite(.timeLimit(.minutes(5))) struct DeliveryTests {
    private typealias Post = HookReceiver.Post

    private func payload(_ post: HookReceiver.Post) throws -> JSON { try JSON(parsing: post.body) }

    @Test func `a notice is posted once, signed, and not again`() async throws {
        try await HookReceiver.run { receiver in
            try await PostOffice.run { office in
                let (_, secret) = try await office.hook(receiver.url)
                try await office.tell("acme")
                await office.keeper.sendAll()
                office.advance(by: 86_400)
                try await office.tell("acme")
                await office.keeper.sendAll()
                let posts = receiver.posts.all
                #expect(posts.count == 1)
                let post = try #require(posts.first)
                #expect(try payload(post)["type"] == "notice.needs_attention")
                #expect(try payload(post)["timestamp"] == "2027-01-15T08:00:00Z")
                #expect(try payload(post)["data"] == ["id": "ntc_acme"])
                let id = try #require(post.headers["webhook-id"])
                let expected = try WebhookSignature.headers(id: id, at: now, post.body, with: [secret])
                #expect(post.headers["webhook-signature"] == expected.last?.value)
            }
        }
    }

    @Test func `what failed is told, and is tried at once when a test arrives`() async throws {
        try await HookReceiver.run {
            HookReceiver.Answer($0 < 2 ? 503 : 204)
        } _: { receiver in
            try await PostOffice.run { office in
                let (hook, _) = try await office.hook(receiver.url)
                try await office.tell("acme")
                await office.keeper.sendAll()
                office.advance(by: 5)
                await office.keeper.sendAll()
                let trouble = try #require(try await office.channels.troubles()[hook.id])
                #expect(trouble.hasPrefix("The last try failed. ") && trouble.contains(" The next one is at "))
                try await office.channels.testWebhook(hook.id)
                await office.keeper.sendAll()
                let ids = receiver.posts.all.map { $0.headers["webhook-id"] }
                #expect(ids.count == 4 && ids[0] == ids[1] && ids[1] == ids[3])
                #expect(try await office.channels.troubles() == [:])
            }
        }
    }

    @Test func `a storm becomes one message`() async throws {
        try await HookReceiver.run { receiver in
            try await PostOffice.run { office in
                _ = try await office.hook(receiver.url)
                try await office.tell("a", "b", "c", "d", "e")
                await office.keeper.sendAll()
                #expect(receiver.posts.all.count == 1)
                let body = try payload(#require(receiver.posts.all.first))
                #expect(body["type"] == "notice.digest")
                #expect(body["data"]?["notices"]?.array?.compactMap { $0["id"]?.string }.count == 5)
            }
        }
    }

    @Test func `a receiver that fails is tried again ever more rarely, with the same id and body`() async throws {
        try await HookReceiver.run {
            HookReceiver.Answer($0 < 2 ? 503 : 200)
        } _: { receiver in
            try await PostOffice.run { office in
                let (hook, _) = try await office.hook(receiver.url)
                try await office.tell("acme")
                await office.keeper.sendAll()
                await office.keeper.sendAll()
                #expect(receiver.posts.all.count == 1)
                #expect(try await office.deliveries(hook.id).first?.said?.contains("127.0.0.1") == true)
                office.advance(by: 5)
                await office.keeper.sendAll()
                office.advance(by: 299)
                await office.keeper.sendAll()
                #expect(receiver.posts.all.count == 2)
                office.advance(by: 1)
                await office.keeper.sendAll()
                let posts = receiver.posts.all
                #expect(posts.count == 3)
                #expect(Set(posts.map { $0.headers["webhook-id"] }).count == 1)
                #expect(Set(posts.map(\.body)).count == 1)
                #expect(Set(posts.map { $0.headers["webhook-timestamp"] }).count == 3)
                #expect(try await office.deliveries(hook.id).map(\.state) == [.sent])
            }
        }
    }

    @Test func `a receiver that wants nothing any more is left alone, and that is said`() async throws {
        try await HookReceiver.run { _ in
            HookReceiver.Answer(410)
        } _: { receiver in
            try await PostOffice.run { office in
                let (hook, _) = try await office.hook(receiver.url)
                try await office.tell("a")
                await office.keeper.sendAll()
                let end = try await office.channels.webhook(hook.id).end
                #expect(end?.at == now)
                #expect(end?.sentence.contains("127.0.0.1") == true)
                try await office.tell("b")
                await office.keeper.sendAll()
                #expect(receiver.posts.all.count == 1)
                #expect(try await office.deliveries(hook.id).map(\.state) == [.givenUp])
            }
        }
    }

    @Test func `a channel is put out of use when nothing arrives for days, and a test that arrives takes it back`()
        async throws
    {
        try await HookReceiver.run {
            HookReceiver.Answer($0 < 60 ? 500 : 204)
        } _: { receiver in
            try await PostOffice.run { office in
                let (hook, _) = try await office.hook(receiver.url)
                for round in 0..<60 where try await office.channels.webhook(hook.id).end == nil {
                    try await office.tell("n\(round)")
                    await office.keeper.sendAll()
                    office.advance(by: 36_000)
                }
                #expect(try await office.channels.webhook(hook.id).end != nil)
                let tries = receiver.posts.all.count
                #expect(tries < 60)
                await office.keeper.sendAll()
                #expect(receiver.posts.all.count == tries)
                while receiver.posts.all.count < 60 {
                    await #expect(throws: Problem.self) { try await office.channels.testWebhook(hook.id) }
                }
                try await office.channels.testWebhook(hook.id)
                #expect(try await office.channels.webhook(hook.id).end == nil)
                #expect(try payload(#require(receiver.posts.all.last))["type"] == "notice.test")
            }
        }
    }

    @Test func `a try that a crash cut short is made again with the same id`() async throws {
        try await HookReceiver.run { receiver in
            try await PostOffice.run { office in
                let (hook, _) = try await office.hook(receiver.url)
                try await office.tell("a", "b", "c", "d")
                let plan = try #require(DeliveryPlan.next(try await office.deliveries(hook.id), at: now))
                #expect(
                    try await office.store.begin(plan.dispatch, tries: 0, until: now + 120).map(\.notice.id.rawValue)
                        == ["ntc_a", "ntc_b", "ntc_c", "ntc_d"])
                // Whoever begins the same meanwhile finds nothing to do.
                #expect(try await office.store.begin(plan.dispatch, tries: 0, until: now + 120).isEmpty)
                await office.keeper.sendAll()
                #expect(receiver.posts.all.isEmpty)
                office.advance(by: 121)
                await office.keeper.sendAll()
                #expect(receiver.posts.all.map { $0.headers["webhook-id"] } == [plan.dispatch.message.rawValue])
            }
        }
    }

    @Test func `two that keep watch send every notice once`() async throws {
        try await HookReceiver.run { receiver in
            try await PostOffice.run { office in
                _ = try await office.hook(receiver.url)
                try await office.tell("a", "b")
                await withDiscardingTaskGroup { group in
                    for _ in 0..<6 { group.addTask { await office.keeper.sendAll() } }
                }
                #expect(receiver.posts.all.count == 2)
            }
        }
    }

    @Test func `only the kinds that are wanted go through a channel`() async throws {
        try await HookReceiver.run { receiver in
            try await PostOffice.run { office in
                _ = try await office.hook(receiver.url, kinds: [.diskLow])
                try await office.tell("a")
                try await office.tell("b", kind: .diskLow)
                await office.keeper.sendAll()
                #expect(try receiver.posts.all.map { try payload($0)["data"]?["id"] } == ["ntc_b"])
            }
        }
    }

    @Test func `while a secret is being replaced both sign, and a day later one`() async throws {
        try await HookReceiver.run { receiver in
            try await PostOffice.run { office in
                let (hook, first) = try await office.hook(receiver.url)
                let (_, second) = try await office.channels.rotateWebhook(hook.id)
                #expect(!first.matches(second))
                for name in ["a", "b"] {
                    try await office.tell(name)
                    await office.keeper.sendAll()
                    office.advance(by: 86_400)
                }
                let posts = receiver.posts.all
                let signatures = posts.map { $0.headers["webhook-signature"]?.split(separator: " ").map(String.init) }
                #expect(signatures.map { $0?.count } == [2, 1])
                let id = try #require(posts.first?.headers["webhook-id"])
                let expected = try WebhookSignature.headers(id: id, at: now, posts[0].body, with: [second, first])
                #expect(posts[0].headers["webhook-signature"] == expected.last?.value)
            }
        }
    }

    @Test func `replaced keys of the vault leave every secret as it was`() async throws {
        try await HookReceiver.run { receiver in
            try await PostOffice.run { office in
                let (hook, secret) = try await office.hook(receiver.url)
                _ = try await office.vault.rotate { _ in }
                try await office.channels.testWebhook(hook.id)
                let post = try #require(receiver.posts.all.first)
                let id = try #require(post.headers["webhook-id"])
                let expected = try WebhookSignature.headers(id: id, at: now, post.body, with: [secret])
                #expect(post.headers["webhook-signature"] == expected.last?.value)
            }
        }
    }

    @Test func `a removed channel leaves neither a secret nor anything on its way`() async throws {
        try await PostOffice.run { office in
            let (hook, _) = try await office.hook("https://127.0.0.1:1/x")
            try await office.tell("a")
            try await office.channels.removeWebhook(hook.id)
            #expect(try await office.store.dataKeys().isEmpty)
            #expect(try await office.deliveries(hook.id).isEmpty)
            #expect(try await office.channels.webhooks().isEmpty)
            await #expect(throws: MaxError.self) { try await office.channels.removeWebhook(hook.id) }
        }
    }

    @Test func `a webhook that is removed while a test is posted stays removed`() async throws {
        try await HookReceiver.run { receiver in
            try await PostOffice.run { office in
                let (hook, _) = try await office.hook(receiver.url)
                try await office.store.disable(hook.id, because: "It was refused.", at: now)
                let meanwhile = office.channels { try await office.channels.removeWebhook(hook.id) }
                try await meanwhile.testWebhook(hook.id)
                #expect(receiver.posts.all.count == 1)
                #expect(try await office.store.noticeChannels().isEmpty)
            }
        }
    }

    @Test func `a test that arrives changes nothing of what was set up and put out of use meanwhile`() async throws {
        try await MailReceiver.run { server in
            try await PostOffice.run { office in
                let mailbox = { to in
                    try MailSettings(
                        server: "127.0.0.1:\(server.port)", isOpen: true, from: "max@example.com", to: to, user: nil,
                        allowing: ["127.0.0.1"])
                }
                let mail = try await office.channels.setMail(mailbox("dana@example.org"), kinds: [], password: nil)
                try await office.store.disable(mail.id, because: "It was refused.", at: now)
                let new = try mailbox("ada@example.org")
                let meanwhile = office.channels {
                    try await office.channels.setMail(new, kinds: [.diskLow], password: nil)
                    try await office.store.disable(mail.id, because: "It was refused again.", at: now + 60)
                }
                try await meanwhile.testMail()
                #expect(server.mails.all.map(\.recipients) == [["dana@example.org"]])
                let present = try #require(try await office.channels.mail())
                #expect(present.settings == new && present.kinds == [.diskLow])
                #expect(present.end == ChannelEnd(at: now + 60, sentence: "It was refused again."))
                try await office.channels.testMail()
                #expect(try await office.channels.mail()?.end == nil)
            }
        }
    }

    @Test func `what was read before somebody else changed it is not stored over that`() async throws {
        try await PostOffice.run { office in
            let (hook, _) = try await office.hook("https://127.0.0.1:1/x")
            let read = try #require(try await office.store.noticeChannels().first)
            _ = try await office.channels.rotateWebhook(hook.id)
            #expect(try await !office.channels.put(read, replacing: read, []))
            #expect(try await office.channels.webhook(hook.id).settings.previousUntil != nil)
            let present = try #require(try await office.store.noticeChannels().first)
            try await office.channels.removeWebhook(hook.id)
            #expect(try await !office.channels.put(present, replacing: present, []))
            #expect(try await office.store.noticeChannels().isEmpty)
        }
    }

    @Test func `a channel that is slow holds up no other one`() async throws {
        try await HookReceiver.run { receiver in
            try await PostOffice.run { office in
                let (slow, _) = try await office.hook("http://127.0.0.1:1/slow")
                _ = try await office.hook(receiver.url)
                let (calls, isOver) = (Tally(), Tally())
                let channels = office.channels { url in
                    guard url?.path == "/slow" else { return }
                    await calls.add()
                    await isOver.reach(1)
                }
                let keeper = DeliveryKeeper(channels, pause: .milliseconds(1)) { notice in
                    NoticeStory(notice, json: [:], advice: nil, page: nil)
                }
                try await withThrowingTaskGroup { group in
                    group.addTask { await keeper.run() }
                    try await office.tell("a")
                    await calls.reach(1)
                    for (index, name) in ["b", "c"].enumerated() {
                        _ = await receiver.posts.first(index + 1)
                        try await office.tell(name)
                    }
                    #expect(await receiver.posts.first(3).count == 3)
                    // It is still at its first message, and was not begun a second time beside that.
                    #expect(await calls.count == 1)
                    #expect(try await office.deliveries(slow.id).map(\.tries) == [1, 0, 0])
                    await isOver.add()
                    group.cancelAll()
                }
            }
        }
    }

    @Test func `no secret is in the store, in a payload or in what is said`() async throws {
        let canary = "canary-4f8b2a-password"
        try await HookReceiver.run { _ in
            HookReceiver.Answer(500, body: canary)
        } _: { receiver in
            try await PostOffice.run { office in
                let (hook, secret) = try await office.hook(receiver.url)
                _ = try await office.setMail("localhost:465", password: SecretValue(canary))
                try await office.tell("a")
                await office.keeper.sendAll()
                let words = secret.withText { $0 }
                let said = try await office.deliveries(hook.id).compactMap(\.said).joined()
                #expect(!said.isEmpty)
                let body = String(decoding: try #require(receiver.posts.all.first).body, as: UTF8.self)
                let files = try FileManager.default.subpathsOfDirectory(atPath: office.folder.path)
                let bytes = files.compactMap { FileManager.default.contents(atPath: office.folder.path + "/" + $0) }
                for canary in [canary, words, String(words.dropFirst(6))] {
                    #expect(!body.contains(canary))
                    #expect(!said.contains(canary))
                    #expect(!bytes.contains { $0.range(of: Data(canary.utf8)) != nil })
                }
            }
        }
    }

    @Test(arguments: [
        "", "hooks.example/x", "ftp://hooks.example/x", "http://hooks.example/x", "https://dana:pw@hooks.example/x",
        "https://hooks.example/x#y", "https://hooks.example./x", "https://", "https://hooks.example/\r\nX: y",
        "https://hooks.example/ä",
        "https://hooks.example/" + String(repeating: "x", count: 2_048),
    ])
    func `what is no address for a webhook is refused`(_ text: String) {
        #expect(throws: MaxError.self) { try WebhookSettings(text) }
    }

    @Test(arguments: [
        ("smtp.example.com", "smtp.example.com", 465, "tls"),
        ("smtp.example.com:587", "smtp.example.com", 587, "starttls"),
        ("[::1]:2525", "::1", 2_525, "starttls"), ("SMTP.example.com:465", "SMTP.example.com", 465, "tls"),
    ])
    func `a mail server is read as people write it`(
        _ text: String, _ host: String, _ port: Int, _ security: String
    ) throws {
        let settings = try MailSettings(server: text, from: "a@b.c", to: "d@e.f", user: nil)
        #expect(settings.host == host)
        #expect(settings.port == port)
        #expect(settings.security.rawValue == security)
    }

    @Test(arguments: [
        "", "smtp.example.com:0", "smtp.example.com:70000", "smtp://x", "a b", "x/y", "dana@smtp.example.com",
        "smtp.example.com\r\nQUIT", "x?y",
    ])
    func `what names no mail server is refused`(_ text: String) {
        #expect(throws: MaxError.self) { try MailSettings(server: text, from: "a@b.c", to: "d@e.f", user: nil) }
    }
}

extension PostOffice {
    /// Sets mail up over a server on this machine.
    func setMail(_ server: String, password: SecretValue? = SecretValue(MailRoom.login.password)) async throws
        -> MailChannel
    {
        try await channels.setMail(
            MailSettings(
                server: server, from: "max@example.com", to: "dana@example.org", user: "dana",
                allowing: [String(server.prefix { $0 != ":" })]),
            kinds: [], password: password)
    }
}
