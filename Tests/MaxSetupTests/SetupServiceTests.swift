import Foundation
import MaxConnector
import MaxCore
import MaxHub
import MaxStore
import Testing

@testable import MaxSetup

struct SetupServiceTests {
    @Test func `connects an account in one go`() async throws {
        let bench = Bench()
        let reply = try await bench.begun("dana")
        let finished = try #require(reply.finished)
        #expect(!finished.updated)
        #expect(finished.identity?.id == "dana")
        let connection = try #require(try await bench.store.connection(finished.connection))
        #expect(connection.slug == "mail-dana")
        #expect(connection.label == "dana@mail.test")
        #expect(connection.state == .active)
        #expect(connection.config == ["server": "https://mail.test", "folder": "in"])
        #expect(try await bench.secret("password", of: connection.id) == "dana")
        #expect(try await bench.service.unfinished().isEmpty)
    }

    @Test func `gives the same answer the same reply and refuses another one`() async throws {
        let bench = Bench()
        let first = try await bench.service.start("mail")
        let reply = try await bench.answer(first, .submit(["server": "mail.test"]))
        let again = try await bench.answer(first, .submit(["server": "mail.test"]))
        #expect(again.view == reply.view)
        #expect(again.session == reply.session)
        await expect("revision_stale") { try await bench.answer(first, .submit(["server": "other.test"])) }
        await expect("revision_stale") { try await bench.service.back(first.session.id, revision: 0) }
        #expect(try await bench.store.session(first.session.id)?.state.answers["server"] == "https://mail.test")
    }

    @Test func `takes exactly one of many different answers at the same time`() async throws {
        let bench = Bench()
        let first = try await bench.service.start("mail")
        let taken = await withTaskGroup { group in
            for number in 0..<20 {
                group.addTask {
                    (try? await bench.answer(first, .submit(["server": .plain(.string("m\(number).test"))]))) != nil
                }
            }
            return await group.reduce(into: 0) { $0 += $1 ? 1 : 0 }
        }
        #expect(taken == 1)
        #expect(try await bench.store.session(first.session.id)?.revision == first.session.revision + 1)
    }

    @Test func `lets everyone arrive who gives the same last answer at the same time`() async throws {
        let bench = Bench()
        var reply = try await bench.service.start("mail")
        reply = try await bench.answer(reply, .submit(["server": "mail.test"]))
        let second = reply
        let views = await withTaskGroup { group in
            for _ in 0..<10 {
                group.addTask { try? await bench.answer(second, .submit(["password": .secret("dana")])).finished }
            }
            return await group.reduce(into: [FinishedView]()) { $0 += [$1].compactMap(\.self) }
        }
        #expect(Set(views).count == 1)
        #expect(try await bench.store.connections().count == 1)
    }

    @Test func `gives everyone the same reply who gives the same answer at the same time`() async throws {
        let bench = Bench()
        let first = try await bench.service.start("mail")
        let revisions = await withTaskGroup { group in
            for _ in 0..<20 {
                group.addTask { try? await bench.answer(first, .submit(["server": "mail.test"])).session.revision }
            }
            return await group.reduce(into: [Int?]()) { $0.append($1) }
        }
        #expect(revisions == Array(repeating: first.session.revision + 1, count: 20))
    }

    @Test func `gives the last answer the same reply again and takes no other after the end`() async throws {
        let bench = Bench()
        let reply = try await bench.begun("many")
        let finished = try #require(try await bench.answer(reply, .choose(["out"])).finished)
        let again = try await bench.answer(reply, .choose(["out"]))
        #expect(again.finished == finished)
        #expect(try await bench.service.view(reply.session.id).finished == finished)
        #expect(try await bench.store.connections().count == 1)
        await expect("setup_ended") { try await bench.answer(reply, .choose(["in"])) }
        await expect("setup_ended") { try await bench.answer(again, .choose(["out"])) }
        await expect("setup_ended") { try await bench.service.cancel(reply.session.id) }
    }

    @Test func `forgets the last answer after an hour`() async throws {
        let bench = Bench()
        let reply = try await bench.begun("many")
        _ = try await bench.answer(reply, .choose(["out"]))
        bench.clock.advance(by: 3601)
        await expect("setup_ended") { try await bench.answer(reply, .choose(["out"])) }
        await expect("setup_ended") { try await bench.service.view(reply.session.id) }
    }

    @Test func `forgets a setup that is left alone for an hour, and no sooner`() async throws {
        let bench = Bench()
        let reply = try await bench.begun("many")
        bench.clock.advance(by: 3599)
        let touched = try await bench.answer(reply, .choose(["nowhere"]))
        #expect(touched.choice?.problem?.code == "not_an_option")
        bench.clock.advance(by: 3599)
        #expect(try await bench.service.unfinished().count == 1)
        bench.clock.advance(by: 1)
        #expect(try await bench.service.unfinished().isEmpty)
        await expect("setup_ended") { try await bench.answer(touched, .choose(["out"])) }
        try await bench.service.sweep()
        #expect(try await bench.remains() == [])
    }

    @Test func `leaves nothing behind when it is cancelled`() async throws {
        let bench = Bench()
        let reply = try await bench.begun("many")
        #expect(try await bench.remains().count == 3)
        try await bench.service.cancel(reply.session.id)
        #expect(try await bench.remains() == [])
        #expect(try await bench.store.connections().isEmpty)
    }

    @Test func `refuses a name that is taken or cannot be one before any question`() async throws {
        let bench = Bench()
        _ = try await bench.begun("dana", name: "work")
        let writes = bench.writes.value
        await expect("name_taken") { try await bench.service.start("mail", name: "work") }
        for name in ["", "all", "mail", "Work", "a b", "-a", "a-", "ü", String(repeating: "a", count: 64)] {
            await expect("name_invalid") { try await bench.service.start("mail", name: name) }
        }
        #expect(bench.writes.value == writes)
    }

    @Test func `begins no more setups than anybody would finish`() async throws {
        let bench = Bench()
        var setups: [SessionID] = []
        for _ in 0..<50 { setups.append(try await bench.service.start("mail").session.id) }
        await expect("setups_full") { try await bench.service.start("mail") }
        try await bench.service.cancel(setups[0])
        _ = try await bench.service.start("mail")
    }

    @Test func `finds a free name for each account`() async throws {
        let bench = Bench()
        let first = try await bench.begun("dana")
        try await bench.store.rename(try #require(first.finished).connection, label: nil, slug: "mail-tim")
        _ = try await bench.begun("dana!")
        _ = try await bench.begun("tim")
        #expect(try await bench.store.connections().map(\.slug).sorted() == ["mail-dana", "mail-tim", "mail-tim-2"])
    }

    @Test func `finds another name when the wanted one was taken meanwhile`() async throws {
        let bench = Bench()
        let slow = try await bench.begun("many", name: "work")
        _ = try await bench.begun("dana", name: "work")
        _ = try await bench.answer(slow, .choose(["in"]))
        #expect(try await bench.store.connections().map(\.slug).sorted() == ["work", "work-2"])
    }

    @Test func `updates the connection of the same account instead of making a twin`() async throws {
        let bench = Bench([mail(datedFlow)])
        let first = try #require(try await bench.begun("dana-1").finished)
        var reply = try await bench.begun("dana-2")
        #expect(reply.choice?.field == "platform.same_account")
        let left = reply.session.connection
        reply = try await bench.answer(reply, .choose(["update"]))
        let finished = try #require(reply.finished)
        #expect(finished.updated)
        #expect(finished.connection == first.connection)
        #expect(try await bench.store.connections().count == 1)
        #expect(try await bench.secret("password", of: first.connection) == "dana-2")
        #expect(try await bench.store.secrets(of: left).isEmpty)
        #expect(try await bench.store.secrets(of: first.connection).map(\.stage) == [.active])
        #expect(try await bench.store.dataKeys().count == 1)
    }

    @Test func `asks about an account that another setup connected meanwhile`() async throws {
        let bench = Bench([mail(datedFlow)])
        let slow = try await bench.begun("many-1")
        let fast = try await bench.begun("many-2")
        _ = try await bench.answer(fast, .choose(["in"]))
        let reply = try await bench.answer(slow, .choose(["out"]))
        #expect(reply.choice?.field == "platform.same_account")
        let finished = try await bench.answer(reply, .choose(["update"])).finished
        #expect(finished?.updated == true)
        #expect(try await bench.store.connections().map { $0.config["folder"] } == ["out"])
    }

    @Test func `refuses another account on reconnect and offers to add it as new`() async throws {
        let bench = Bench([mail(datedFlow)])
        let made = try #require(try await bench.begun("dana-1").finished)
        let connection = try #require(try await bench.store.connection(made.connection))
        var reply = try await bench.service.reconnect(connection)
        reply = try await bench.answer(reply, .submit(["password": .secret("tim-1")]))
        #expect(reply.choice?.field == "platform.other_account")
        #expect(try await bench.secret("password", of: made.connection) == "dana-1")
        reply = try await bench.answer(reply, .choose(["add_new"]))
        let finished = try #require(reply.finished)
        #expect(finished.connection != made.connection)
        #expect(finished.identity?.id == "tim")
        #expect(try await bench.secret("password", of: made.connection) == "dana-1")
        #expect(try await bench.secret("password", of: finished.connection) == "tim-1")
        #expect(try await bench.store.secrets(of: made.connection).count == 1)
    }

    @Test func `keeps a refused secret, and asks nobody about it again while nothing has changed`() async throws {
        let bench = Bench()
        let refused = try await bench.begun("wrong")
        #expect(refused.form?.fields.first?.isHeld == true)
        #expect(refused.form?.triesLeft == 4)
        var reply = refused
        for _ in 0..<2 {
            reply = try await bench.answer(reply, .submit([:]))
            #expect(reply.form?.problem?.code == "secret_refused_already")
            #expect(reply.form?.problem?.field == "password")
            #expect(reply.form?.triesLeft == nil)
        }
        reply = try await bench.answer(reply, .submit(["hint": .secret("other")]))
        #expect(reply.form?.problem?.code == "credential_refused")
        #expect(reply.form?.triesLeft == 3)
        #expect(try await bench.answer(reply, .submit(["password": .secret("dana")])).finished != nil)
    }

    @Test func `tries a secret again that was let in nowhere for another reason, and counts no try`() async throws {
        let bench = Bench()
        var reply = try await bench.begun("closed")
        for _ in 0..<6 {
            #expect(reply.form?.problem?.code == "imap_disabled")
            #expect(reply.form?.fields.first?.isHeld == true)
            #expect(reply.form?.triesLeft == nil)
            reply = try await bench.answer(reply, .submit([:]))
        }
    }

    @Test func `stores and shows no problem that repeats the secret`() async throws {
        let bench = Bench()
        let reply = try await bench.begun("echo-secret")
        #expect(reply.form?.problem?.code == "provider_failed")
        #expect(reply.form?.problem?.sentence?.contains("echo-secret") == false)
        #expect(try JSON(encoding: reply.session.state).text.contains("echo-secret") == false)
    }

    @Test func `leaves a working secret alone when a new one is refused and the setup cancelled`() async throws {
        let bench = Bench()
        let made = try #require(try await bench.begun("dana").finished)
        let connection = try #require(try await bench.store.connection(made.connection))
        var reply = try await bench.service.reconnect(connection)
        await expect("setup_under_way") { try await bench.service.reconnect(connection) }
        reply = try await bench.answer(reply, .submit(["password": .secret("wrong")]))
        #expect(reply.form?.problem?.code == "credential_refused")
        try await bench.service.cancel(reply.session.id)
        #expect(try await bench.store.secrets(of: made.connection).map(\.stage) == [.active])
        #expect(try await bench.secret("password", of: made.connection) == "dana")
        #expect(try await bench.store.connection(made.connection) == connection)
    }

    @Test func `stops before a secret can be typed when the vault is locked`() async throws {
        let bench = Bench()
        let left = try await bench.service.start("mail")
        bench.keeper.setLocked(true)
        let writes = bench.writes.value
        await expect("vault_locked") { try await bench.service.start("mail") }
        await expect("vault_locked") { try await bench.service.resume(left.session.id) }
        #expect(bench.writes.value == writes)
    }

    @Test func `writes nothing when it is only looked at`() async throws {
        let bench = Bench()
        let reply = try await bench.begun("many")
        let writes = bench.writes.value
        let session = try await bench.store.session(reply.session.id)
        for _ in 0..<3 {
            #expect(try await bench.service.view(reply.session.id).view == reply.view)
            #expect(try await bench.service.unfinished().count == 1)
        }
        await expect("setup_ended") { try await bench.service.view(SessionID(rawValue: "set_none")) }
        #expect(bench.writes.value == writes)
        #expect(try await bench.store.session(reply.session.id) == session)
    }

    @Test func `ends a check that hangs, with the form kept`() async throws {
        let bench = Bench(patience: .milliseconds(50))
        let reply = try await bench.begun("hang")
        #expect(reply.form?.fields.isEmpty == true)
        #expect(reply.form?.problem?.code == "provider_silent")
        #expect(reply.form?.problem?.sentence?.contains("Mail") == true)
        #expect(reply.session.state.held == ["password"])
    }

    @Test func `turns an error the connector does not explain into a problem`() async throws {
        let reply = try await Bench().begun("crash")
        #expect(reply.form?.problem?.code == "connector_failed")
        #expect(reply.form?.problem?.sentence?.contains("NSCocoa") == false)
    }

    @Test func `asks again after a refusal, with everything else kept`() async throws {
        let bench = Bench()
        var reply = try await bench.begun("wrong")
        #expect(reply.form?.problem?.field == "password")
        #expect(reply.session.state.answers["server"] == "https://mail.test")
        reply = try await bench.answer(reply, .submit(["password": .secret("dana")]))
        #expect(reply.finished != nil)
    }

    @Test func `calls a private host only in the setup in which that was allowed`() async throws {
        let bench = Bench([mail(dialingFlow)])
        var reply = try await bench.begun("dana")
        #expect(reply.choice?.field == "platform.allow_host")
        reply = try await bench.answer(reply, .choose(["allow"]))
        let finished = try #require(reply.finished)
        #expect(try await bench.store.connection(finished.connection)?.allowedHosts == ["mail.test"])
        reply = try await bench.begun("tim")
        #expect(reply.choice?.field == "platform.allow_host")
        #expect(bench.upstreams.allowed.last == [])
    }

    @Test func `fills everything in from the sandbox, but for what was given`() async throws {
        let bench = Bench(sandbox: NamedSandbox())
        var reply = try await bench.service.start("mail")
        reply = try await bench.answer(reply, .useSandbox(over: ["password": .secret("tim")]))
        let finished = try #require(reply.finished)
        #expect(finished.identity?.id == "tim")
        let connection = try #require(try await bench.store.connection(finished.connection))
        #expect(connection.isSandbox)
        #expect(bench.upstreams.allowed.last == ["127.0.0.1:9"])
        let mending = try await bench.service.reconnect(connection)
        await expect("answer_misplaced") { try await bench.answer(mending, .useSandbox()) }
    }

    @Test func `drops a secret of a path that was left before anything is in force`() async throws {
        let bench = Bench([mail(branchingFlow)])
        var reply = try await bench.service.start("mail")
        reply = try await bench.answer(reply, .submit(["server": "mail.test", "folder": "a"]))
        reply = try await bench.answer(reply, .submit(["password": .secret("p")]))
        reply = try await bench.service.back(reply.session.id, revision: reply.session.revision)
        reply = try await bench.service.back(reply.session.id, revision: reply.session.revision)
        reply = try await bench.answer(reply, .submit(["folder": "b"]))
        reply = try await bench.answer(reply, .submit(["hint": .secret("h")]))
        let finished = try #require(reply.finished)
        #expect(try await bench.store.secrets(of: finished.connection).map(\.field) == ["hint"])
    }

    @Test func `goes on where it was left when it is resumed`() async throws {
        let bench = Bench()
        let reply = try await bench.begun("many")
        let resumed = try await bench.service.resume(reply.session.id)
        #expect(resumed.view == reply.view)
        #expect(resumed.session == reply.session)
    }

    @Test func `says that there is nothing before the first question`() async throws {
        let bench = Bench()
        let reply = try await bench.service.start("mail")
        await expect("nothing_before") {
            try await bench.service.back(reply.session.id, revision: reply.session.revision)
        }
    }

    private func expect(_ code: MaxError.Code, _ work: () async throws -> some Any) async {
        let error = await #expect(throws: MaxError.self) { _ = try await work() }
        #expect(error?.code == code)
    }
}

/// The mail flow for passwords such as `dana-2`, of which the first word is the account.
private let datedFlow = OnboardingFlow<MailConfig> {
    InputStep("Server") { Input(\.server, "Address") }
    InputStep("Password") { Secret(MailCredentials.password) }
    ValidationStep("Check") { _, context in
        let text = try await context.credentials.get(MailCredentials.password).get().withText { $0 }
        let account = text.split(separator: "-").first.map(String.init) ?? text
        return Identity(id: account, label: "\(account)@mail.test")
    }
    SelectStep(\.folder, "Folder") { _, context in
        let text = try await context.credentials.get(MailCredentials.password).get().withText { $0 }
        return text.hasPrefix("many")
            ? [Choice("In", value: "in"), Choice("Out", value: "out")] : [Choice("In", value: "in")]
    }
}

/// The mail flow with a check that really calls its server.
private let dialingFlow = OnboardingFlow<MailConfig> {
    InputStep("Server") { Input(\.server, "Address") }
    InputStep("Password") { Secret(MailCredentials.password) }
    ValidationStep("Check") { draft, context in
        _ = try await context.upstream.send(.get(draft.server), as: UpstreamOperation("me"))
        let text = try await context.credentials.get(MailCredentials.password).get().withText { $0 }
        return Identity(id: text, label: text)
    }
    SelectStep(\.folder, "Folder") { _, _ in [Choice("In", value: "in")] }
}

/// A flow that asks one secret or another.
private let branchingFlow = OnboardingFlow<MailConfig> {
    InputStep("Server") {
        Input(\.server, "Address")
        Input(\.folder, "Folder")
    }
    InputStep("Password", when: { try $0.folder == "a" }) { Secret(MailCredentials.password) }
    InputStep("Hint", when: { try $0.folder == "b" }) { Secret(MailCredentials.hint) }
    InputStep("More", when: { try $0.folder == "a" }) { Secret(Credential.string("more", label: "More")) }
}
