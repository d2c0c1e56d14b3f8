import Foundation
import MaxConnector
import MaxCore
import MaxHub
import Synchronization
import Testing

@testable import MaxSetup

/// How often an account's credentials may be refused before it is left alone.
struct AttemptBudgetTests {
    @Test func `tells how many tries are left, then calls nobody until the time it names`() async throws {
        let (bench, calls) = counted()
        var reply = try await bench.begun("wrong")
        var told = [reply.form?.triesLeft]
        for _ in 0..<4 {
            reply = try await bench.answer(reply, .submit(["password": .secret("wrong")]))
            told.append(reply.form?.triesLeft)
        }
        #expect(told == [4, 3, 2, 1, 0])
        #expect(reply.form?.problem?.sentence?.contains("Max pauses until 14:02 UTC to protect your account.") == true)
        #expect(calls.value == 5)

        reply = try await bench.answer(reply, .submit(["password": .secret("dana")]))
        #expect(reply.form?.problem?.code == "attempts_paused")
        #expect(reply.form?.isUnproven == true)
        #expect(reply.form?.problem?.retryAfter == 900)
        bench.clock.advance(by: 899)
        reply = try await bench.answer(reply, .retry)
        #expect(reply.form?.problem?.retryAfter == 1)
        #expect(calls.value == 5)

        bench.clock.advance(by: 2)
        reply = try await bench.answer(reply, .retry)
        #expect(reply.finished != nil)
    }

    @Test func `warns from the third last try on`() async throws {
        let (bench, _) = counted()
        var reply = try await bench.begun("wrong")
        #expect(reply.form?.problem?.sentence == "Mail refused this.")
        reply = try await bench.answer(reply, .submit(["password": .secret("wrong")]))
        #expect(
            reply.form?.problem?.sentence
                == "Mail refused this. 3 tries left before Max pauses to protect your account.")
    }

    @Test func `is shared by every setup of an account, and no other`() async throws {
        let (bench, calls) = counted()
        for _ in 0..<5 { _ = try await bench.begun("wrong") }
        #expect(try await bench.begun("wrong").form?.problem?.code == "attempts_paused")
        #expect(calls.value == 5)
        var other = try await bench.service.start("mail")
        other = try await bench.answer(other, .submit(["server": "other.test"]))
        other = try await bench.answer(other, .submit(["password": .secret("dana")]))
        #expect(other.finished != nil)
    }

    @Test func `is whole again after a success`() async throws {
        let (bench, _) = counted()
        for _ in 0..<4 { _ = try await bench.begun("wrong") }
        _ = try await bench.begun("dana")
        #expect(try await bench.begun("wrong").form?.triesLeft == 4)
    }

    @Test func `counts refusals alone`() async throws {
        let (bench, _) = counted()
        for _ in 0..<6 { _ = try await bench.begun("crash") }
        #expect(try await bench.begun("wrong").form?.triesLeft == 4)
    }

    @Test(arguments: [-1_000_000.0, 901]) func `forgets when the clock has moved far`(seconds: Double) async throws {
        let (bench, _) = counted()
        for _ in 0..<5 { _ = try await bench.begun("wrong") }
        bench.clock.advance(by: seconds)
        #expect(try await bench.begun("wrong").form?.triesLeft == 4)
    }

    /// A bench of a mail provider at a host that the owner names, and how often it was called.
    private func counted() -> (Bench, WriteCount) {
        let calls = WriteCount()
        let flow = OnboardingFlow<MailConfig> {
            InputStep("Server") { Input(\.server, "Address") }
            InputStep("Password") { Secret(MailCredentials.password) }
            ValidationStep("Check") { _, context in
                let text = try await context.credentials.get(MailCredentials.password).get().withText { $0 }
                calls.raise()
                if text == "crash" { throw CocoaError(.fileNoSuchFile) }
                if text == "wrong" {
                    throw Problem("credential_refused", .auth, "Mail refused this.", rung: .signIn)
                }
                return Identity(id: text, label: text)
            }
            SelectStep(\.folder, "Folder") { _, _ in [Choice("In", value: "in")] }
        }
        return (Bench([mail(flow, egress: .configured(field: "server"))]), calls)
    }
}
