import Foundation
import MaxConnector
import MaxCore
import MaxHub
import Synchronization
import Testing

@testable import MaxSetup

/// What a check shows of itself, and how it ends.
struct CheckTests {
    @Test func `shows every rung with its time, and what was not proven`() async throws {
        let bench = Bench([mail(climbingFlow)])
        let told = Mutex<[Ladder]>([])
        let reply = try await bench.begun("slow-record") { ladder in told.withLock { $0.append(ladder) } }
        let ladder = try #require(reply.finished?.ladder)
        #expect(ladder.rungs.map(\.rung) == [.identity, .permissions, .record])
        #expect(ladder.rungs.map(\.standing) == [.passed, .passed, .unproven])
        #expect(ladder[.identity]?.milliseconds != nil)
        #expect(ladder.unproven?.reason == "Mail is busy.")
        #expect(told.withLock { $0.contains { $0.current == .permissions } })
        #expect(try await bench.service.view(reply.session.id).finished?.ladder == ladder)
    }

    @Test func `gives way on the rung that was being climbed, not on one that is behind`() {
        let recorder = LadderRecorder(Ladder(), report: { _ in })
        for news in [RungNews.passed(.connect), .begun(.answer), .passed(.answer)] { recorder.note(news) }
        recorder.end(.problem(Problem("provider_silent", .retryable, "Mail is silent.", rung: .answer)))
        #expect(recorder.ladder[.answer]?.standing == .passed)
        #expect(recorder.ladder[.signIn]?.standing == .unproven)
    }

    @Test func `keeps what cannot be proven in time, and goes on`() async throws {
        let told = Mutex<[RungNews]>([])
        let late = Problem("provider_silent", .retryable, "Mail is silent.")
        let context = SetupContext(
            credentials: CredentialProvider(NothingKept()),
            upstream: NoUpstreams().upstream(
                .init(
                    connector: mail(climbingFlow).about, hosts: nil)), limit: ProofLimit(end: .now, problem: late)
        ) { news in told.withLock { $0.append(news) } }
        let found = try await context.prove(.record) {
            try await Task.sleep(for: .seconds(600))
            return 1
        }
        #expect(found == nil)
        #expect(told.withLock { $0 } == [.begun(.record), .unproven(late, on: .record)])
    }

    @Test(arguments: [("forbidden", Rung.permissions), ("wrong", .signIn)])
    func `marks the rung that failed`(password: String, rung: Rung) async throws {
        let bench = Bench([mail(climbingFlow)])
        let form = try #require(try await bench.begun(password).form)
        #expect(form.problem?.field == "password")
        #expect(form.ladder?[rung]?.standing == .failed)
        #expect(form.ladder?.isBroken == true)
        #expect(!form.isUnproven)
    }

    @Test func `is amber where trying again may help, and keeps the secret`() async throws {
        let bench = Bench([mail(climbingFlow)])
        let reply = try await bench.begun("down")
        let form = try #require(reply.form)
        #expect(form.isUnproven && form.fields.isEmpty)
        #expect(form.ladder?.rungs.last?.standing == .unproven)
        #expect(try await bench.secret("password", of: reply.session.connection, stage: .staged) == "down")
    }

    @Test func `ends a check whose setup is cancelled`() async throws {
        let bench = Bench([mail(climbingFlow)])
        let (begun, begin) = AsyncStream.makeStream(of: SessionID.self)
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask {
                let error = await #expect(throws: MaxError.self) {
                    var reply = try await bench.service.start("mail")
                    reply = try await bench.answer(reply, .submit(["server": "mail.test"]))
                    let id = reply.session.id
                    _ = try await bench.service.answer(
                        id, revision: reply.session.revision, .submit(["password": .secret("hang")])
                    ) { _ in begin.yield(id) }
                }
                #expect(error?.code == "setup_ended")
            }
            var ids = begun.makeAsyncIterator()
            let id = try #require(await ids.next())
            guard case .working(let view) = try await bench.service.view(id).view else {
                Issue.record("A check is under way.")
                return
            }
            #expect(view.ladder?.current == .identity)
            try await bench.service.cancel(id)
            try await group.waitForAll()
        }
        #expect(try await bench.remains().isEmpty)
    }

    @Test func `does not count the lists that come after it as part of its ladder`() async throws {
        let bench = Bench([mail(climbingFlow)])
        let choice = try #require(try await bench.begun("many").choice)
        #expect(choice.ladder?.rungs.map(\.rung) == [.identity, .permissions, .record])
    }
}

/// A store in which nothing is.
private struct NothingKept: CredentialStore {
    func get(_ key: String) async throws -> SecretValue? { nil }
    func set(_ key: String, _ value: SecretValue) async throws {}
    func has(_ key: String) async throws -> Bool { false }
    func delete(_ key: String) async throws {}
    func keys() async throws -> [String] { [] }
    func exclusively<Result: Sendable>(
        _ key: String, _ work: @Sendable () async throws -> Result
    ) async throws -> Result {
        try await work()
    }
}

extension Bench {
    /// Answers the first two questions of the mail flow, and tells how far the check climbs.
    fileprivate func begun(_ password: String, _ report: @escaping SetupReport) async throws -> SetupReply {
        let reply = try await answer(service.start("mail"), .submit(["server": "mail.test"]))
        return try await service.answer(
            reply.session.id, revision: reply.session.revision, .submit(["password": .secret(password)]), report: report
        )
    }
}

/// The mail flow with a check that tells of its rungs.
private let climbingFlow = OnboardingFlow<MailConfig> {
    InputStep("Server") { Input(\.server, "Address") }
    InputStep("Password") { Secret(MailCredentials.password) }
    ValidationStep("Check") { _, context in
        let text = try await context.credentials.get(MailCredentials.password).get().withText { $0 }
        let identity = try await context.climb(.identity) {
            switch text {
            case "wrong": throw Problem("credential_refused", .auth, "Mail refused this.", rung: .signIn)
            case "down": throw Problem("provider_failed", .retryable, "Mail is down.", rung: .answer)
            case "hang": try await Task.sleep(for: .seconds(600))
            default: break
            }
            return Identity(id: text, label: "\(text)@mail.test")
        }
        try await context.prove(.permissions) {
            if text == "forbidden" { throw Problem("scope_missing", .auth, "It may not read mail.") }
        }
        try await context.prove(.record) {
            if text == "slow-record" { throw Problem("rate_limited", .retryable, "Mail is busy.", rung: .answer) }
        }
        return identity
    }
    SelectStep(\.folder, "Folder") { _, context in
        let text = try await context.credentials.get(MailCredentials.password).get().withText { $0 }
        return text == "many" ? [Choice("In", value: "in"), Choice("Out", value: "out")] : [Choice("In", value: "in")]
    }
}
