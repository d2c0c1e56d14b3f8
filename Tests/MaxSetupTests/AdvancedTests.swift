import MaxConnector
import MaxCore
import MaxHub
import MaxStore
import Testing

@testable import MaxSetup

/// Questions that only those are asked who look for them.
struct AdvancedTests {
    @Test func `a form of nothing else is not asked, and joins the next one`() async throws {
        let bench = Bench([mail(advancedFlow)])
        let start = try await bench.service.start("mail")
        let form = try #require(start.form)
        #expect(form.step.title == "Password")
        #expect(form.fields.map(\.spec.name) == ["password", "server"])
        let finished = try #require(try await bench.answer(start, .submit(["password": .secret("dana")])).finished)
        let connection = try #require(try await bench.store.connection(finished.connection))
        #expect(connection.config["server"] == "https://mail.test")
    }

    @Test func `another answer counts, and is asked again where it is wrong`() async throws {
        let bench = Bench([mail(advancedFlow)])
        var reply = try await bench.service.start("mail")
        reply = try await bench.answer(reply, .submit(["password": .secret("dana"), "server": "not an address"]))
        #expect(reply.form?.problem?.field == "server")
        #expect(reply.form?.fields.map(\.isHeld) == [true, false])
        reply = try await bench.answer(reply, .submit(["server": "other.test"]))
        let finished = try #require(reply.finished)
        let connection = try #require(try await bench.store.connection(finished.connection))
        #expect(connection.config["server"] == "https://other.test")
    }

    @Test(arguments: [(String?.none, String?.none), ("typed.test", "server")])
    func `an address that nobody typed is nobody's mistake`(server: String?, field: String?) async throws {
        let bench = Bench([mail(advancedFlow, egress: .configured(field: "server"))])
        let start = try await bench.service.start("mail")
        var given: [String: GivenValue] = ["password": .secret("down")]
        given["server"] = server.map { .plain(.string($0)) }
        let form = try #require(try await bench.answer(start, .submit(given)).form)
        #expect(form.problem?.field == field)
        #expect(form.isUnproven)
        #expect(form.fields.isEmpty == (field == nil))
    }
}

/// A mail flow whose address is one that nearly everybody has.
private let advancedFlow = OnboardingFlow<MailConfig> {
    InputStep("Server") { Input(\.server, "Address", fallback: "https://mail.test", advanced: true) }
    InputStep("Password") { Secret(MailCredentials.password) }
    ValidationStep("Check") { draft, context in
        _ = try draft.server
        let text = try await context.credentials.get(MailCredentials.password).get().withText { $0 }
        if text == "down" { throw Problem("connection_refused", .retryable, "Nothing answers.", rung: .connect) }
        return Identity(id: text, label: text)
    }
    SelectStep(\.folder, "Folder") { _, _ in [Choice("In", value: "in")] }
}
