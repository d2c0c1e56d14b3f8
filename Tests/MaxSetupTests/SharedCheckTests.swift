import MaxConnector
import MaxCore
import MaxHub
import MaxStore
import Synchronization
import Testing

@testable import MaxSetup

/// Several that drive one setup at the same time.
struct SharedCheckTests {
    @Test func `asks the provider once for two that give the same answer, and shows both how far it is`() async throws {
        let (bench, gate) = gated()
        let question = try await bench.askingForPassword()
        let answer = FlowAnswer.submit(["password": .secret("wrong")])
        async let first = bench.drive(question, answer)
        await gate.arrival()
        async let second = bench.drive(question, answer) { gate.hasJoined() }
        await gate.joining()
        gate.open()
        let (one, other) = try await (first, second)
        #expect(one.form?.problem?.sentence == "Mail refused this.")
        #expect(one.form?.triesLeft == 4)
        #expect(one.view == other.view && one.session == other.session)
        #expect(gate.calls == 1)
        #expect(try await bench.service.view(question.session.id).form?.triesLeft == 4)
    }

    @Test func `asks once when a setup is taken up that somebody drives`() async throws {
        let (bench, gate) = gated()
        let question = try await bench.askingForPassword()
        async let first = bench.drive(question, .submit(["password": .secret("dana")]))
        await gate.arrival()
        async let second = bench.service.resume(question.session.id) { _ in gate.hasJoined() }
        await gate.joining()
        gate.open()
        let (one, other) = try await (first, second)
        #expect(one.finished?.identity?.label == "dana@mail.test")
        #expect(one.view == other.view)
        #expect(gate.calls == 2)
        #expect(try await bench.service.resume(question.session.id).view == one.view)
    }

    @Test func `refuses another answer while a check is under way, and goes on with the check`() async throws {
        let (bench, gate) = gated()
        let question = try await bench.askingForPassword()
        async let first = bench.drive(question, .submit(["password": .secret("dana")]))
        await gate.arrival()
        let error = await #expect(throws: MaxError.self) {
            _ = try await bench.answer(question, .submit(["password": .secret("erin")]))
        }
        #expect(error?.code == "revision_stale")
        gate.open()
        #expect(try await first.finished?.identity?.label == "dana@mail.test")
        #expect(gate.calls == 2)
    }

    @Test func `goes on for those who stay when the one who began it leaves`() async throws {
        let (bench, gate) = gated()
        let question = try await bench.askingForPassword()
        let answer = FlowAnswer.submit(["password": .secret("wrong")])
        try await withThrowingTaskGroup(of: Bool.self) { group async throws in
            group.addTask { await bench.failure(question, answer) is CancellationError }
            await gate.arrival()
            async let stayed = bench.drive(question, answer) { gate.hasJoined() }
            await gate.joining()
            group.cancelAll()
            #expect(try await group.next() == true)
            gate.open()
            #expect(try await stayed.form?.triesLeft == 4)
        }
        #expect(gate.calls == 1)
    }

    @Test func `is ended when the last one leaves, and made anew for the next`() async throws {
        let (bench, gate) = gated()
        let question = try await bench.askingForPassword()
        let answer = FlowAnswer.submit(["password": .secret("dana")])
        await withTaskGroup(of: Bool.self) { group in
            group.addTask { await bench.failure(question, answer) is CancellationError }
            await gate.arrival()
            group.cancelAll()
            #expect(await group.next() == true)
        }
        #expect(bench.service.checks.ladders.isEmpty)
        gate.open()
        #expect(try await bench.answer(question, answer).finished != nil)
        #expect(gate.calls == 3)
    }

    @Test func `leaves nothing locked when a check breaks off`() async throws {
        let (bench, gate) = gated()
        let question = try await bench.askingForPassword()
        let answer = FlowAnswer.submit(["password": .secret("broken")])
        async let first = bench.failure(question, answer)
        await gate.arrival()
        async let second = bench.failure(question, answer) { gate.hasJoined() }
        await gate.joining()
        gate.open()
        for error in await [first, second] { #expect((error as? MaxError)?.code == "broken") }
        #expect(bench.service.checks.ladders.isEmpty)
        #expect(try await bench.service.resume(question.session.id).finished != nil)
        #expect(gate.calls == 3)
    }

    @Test func `searches once for two that search for the same, and refuses a third that does not`() async throws {
        let (bench, gate) = gated()
        gate.open()
        let list = try await bench.answer(bench.askingForPassword(), .submit(["password": .secret("many")]))
        gate.close()
        for _ in 0..<gate.calls { await gate.arrival() }
        async let first = bench.drive(list, .search("out"))
        await gate.arrival()
        async let second = bench.drive(list, .search("out")) { gate.hasJoined() }
        await gate.joining()
        gate.open()
        let (one, other) = try await (first, second)
        #expect(one.choice?.options.map(\.value) == ["out"])
        #expect(one.view == other.view)
        let error = await #expect(throws: MaxError.self) { try await bench.answer(list, .search("in")) }
        #expect(error?.code == "revision_stale")
        #expect(gate.calls == 3)
    }

    @Test func `stores an account with the list that follows, and shows whoever looks that the list is asked for`()
        async throws
    {
        let (bench, gate) = gated()
        let question = try await bench.askingForPassword()
        let writes = bench.writes.value
        async let driven = bench.drive(question, .submit(["password": .secret("many")]))
        await gate.arrival()
        gate.letIn()
        await gate.arrival()
        let seen = try await bench.service.view(question.session.id)
        guard case .working(let work) = seen.view else { throw CancellationError() }
        #expect(work.step.title == "Folder")
        #expect(bench.writes.value == writes + 1)
        #expect(try await bench.store.session(seen.session.id)?.state.identity == nil)
        gate.open()
        let list = try await driven
        #expect(list.choice?.options.count == 2)
        #expect(bench.writes.value == writes + 2)
        #expect(try await bench.store.session(seen.session.id)?.state.identity?.label == "many@mail.test")
    }

    /// A bench of a provider that answers when its gate is open.
    private func gated() -> (Bench, Gate) {
        let gate = Gate()
        let flow = OnboardingFlow<MailConfig> {
            InputStep("Server") { Input(\.server, "Address") }
            InputStep("Password") { Secret(MailCredentials.password) }
            ValidationStep("Check") { _, context in
                let text = try await context.credentials.get(MailCredentials.password).get().withText { $0 }
                let calls = try await gate.pass()
                switch text {
                case "wrong": throw Problem("credential_refused", .auth, "Mail refused this.", rung: .signIn)
                case "broken" where calls == 1: throw MaxError("broken", "Something broke.")
                default: return Identity(id: text, label: "\(text)@mail.test")
                }
            }
            SelectStep(\.folder, "Folder") { _, context in
                let text = try await context.credentials.get(MailCredentials.password).get().withText { $0 }
                _ = try await gate.pass()
                return (text == "many" ? ["in", "out"] : ["in"]).map { Choice($0, value: $0) }
            }
        }
        return (Bench([mail(flow)]), gate)
    }
}

extension Bench {
    /// A setup that asks for the password.
    fileprivate func askingForPassword() async throws -> SetupReply {
        try await answer(service.start("mail"), .submit(["server": "mail.test"]))
    }

    /// Gives an answer; `joined` is told of each news of its check.
    fileprivate func drive(
        _ reply: SetupReply, _ answer: FlowAnswer, _ joined: @escaping @Sendable () -> Void = {}
    ) async throws -> SetupReply {
        try await service.answer(reply.session.id, revision: reply.session.revision, answer) { _ in joined() }
    }

    /// What giving an answer fails with.
    fileprivate func failure(
        _ reply: SetupReply, _ answer: FlowAnswer, _ joined: @escaping @Sendable () -> Void = {}
    ) async -> (any Error)? {
        do {
            _ = try await drive(reply, answer, joined)
            return nil
        } catch {
            return error
        }
    }
}

/// The door of a provider: whoever asks waits until it is open.
private final class Gate: Sendable {
    private let state = Mutex(State())
    private let arrivals = AsyncStream.makeStream(of: Void.self)
    private let joins = AsyncStream.makeStream(of: Void.self)

    private struct State {
        var isOpen = false
        var waiting: [AsyncStream<Void>.Continuation] = []
        var calls = 0
    }

    /// How often the provider was asked, for a check or for the list that follows one that went well.
    var calls: Int { state.withLock(\.calls) }

    func open() {
        let waiting = state.withLock { state in
            state.isOpen = true
            return state.waiting
        }
        for one in waiting { one.finish() }
    }

    func close() { state.withLock { $0.isOpen = false } }

    /// Lets those in who wait, and nobody after them.
    func letIn() {
        let waiting = state.withLock { state in
            defer { state.waiting = [] }
            return state.waiting
        }
        for one in waiting { one.finish() }
    }

    /// Waits until it is open.
    ///
    /// - Returns: How often the provider was asked, this time included.
    func pass() async throws -> Int {
        let (opening, waiter) = AsyncStream.makeStream(of: Void.self)
        let calls = state.withLock { state in
            state.calls += 1
            if state.isOpen { waiter.finish() } else { state.waiting.append(waiter) }
            return state.calls
        }
        arrivals.continuation.yield()
        for await _ in opening {}
        try Task.checkCancellation()
        return calls
    }

    /// Waits until somebody asks the provider.
    func arrival() async { for await _ in arrivals.stream { break } }

    func hasJoined() { joins.continuation.yield() }

    /// Waits until somebody joined a check.
    func joining() async { for await _ in joins.stream { break } }
}
