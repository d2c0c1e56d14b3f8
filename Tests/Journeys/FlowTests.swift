import AcmeSandbox
import Foundation
import MaxCore
import PseudoTerminal
import Testing

/// A program that renders a setup itself, one step a call.
struct FlowTests {
    @Test func `one step a call leads from the first question to the connection`() async throws {
        try await withAcme { place, acme in
            let start = try await place.max("flow", "start", "acme", "--json").reply(0)
            let setup = try #require(start.at("setup.id")?.string)
            #expect(start.at("view.kind") == "form")
            #expect(start.at("view.fields.0.name") == "baseURL")
            #expect(start.at("view.fields.0.type") == "url")

            let token = try await place.answer(setup, "--set", "baseURL=\(acme.url)")
            #expect(token.at("view.fields.0.name") == "api_token")
            #expect(token.at("view.fields.0.link") == .string(acme.settingsURL))

            let host = try await place.answer(setup, "--secret-stdin", "api_token", input: acme.key)
            #expect(host.at("view.kind") == "choice")
            #expect(host.at("view.choice.field") == "platform.allow_host")

            let choice = try await place.answer(setup, "--choose", "allow")
            #expect(choice.at("view.choice.field") == "workspaceID")
            let workspace = try #require(choice.at("view.choice.options.1.value")?.string)
            #expect(try await place.max("flow", "show", setup).reply(0) == choice)

            let finished = try await place.answer(setup, "--choose", workspace)
            #expect(finished.at("view.kind") == "finished")
            #expect(finished.at("connection.state") == "active")
            #expect(finished.at("connection.config.workspaceID") == .string(workspace))
        }
    }

    @Test func `the same answer twice gets the same reply, and another one is refused`() async throws {
        try await withAcme { place, acme in
            let start = try await place.max("flow", "start", "acme").reply(0)
            let setup = try #require(start.at("setup.id")?.string)
            let revision = try #require(start.at("setup.revision")?.integer)
            let answer = ["flow", "answer", setup, "--revision", "\(revision)", "--set"]

            let once = try await place.run(answer + ["baseURL=\(acme.url)"]).finish().reply(0)
            let twice = try await place.run(answer + ["baseURL=\(acme.url)"]).finish().reply(0)
            #expect(once == twice)
            let other = try await place.run(answer + ["baseURL=https://other.test"]).finish().refusal(1)
            #expect(other["code"] == "revision_stale")
            #expect(try await place.max("flow", "show", setup).reply(0) == once)
        }
    }

    @Test func `a wrong answer is told at its field, and back keeps the one before`() async throws {
        try await withAcme { place, acme in
            let setup = try await place.startFlow(acme)
            let wrong = try await place.answer(setup, "--secret-stdin", "api_token", input: "hunter2")
            #expect(wrong.at("view.problem.field") == "api_token")
            #expect(wrong.at("view.problem.message")?.string?.contains("does not look like an Acme API token") == true)

            let back = try await place.max("flow", "back", setup).reply(0)
            #expect(back.at("view.fields.0.name") == "baseURL")
            #expect(back.at("view.fields.0.value") == .string(acme.url))
            #expect(try await place.max("flow", "back", setup).refusal(1)["code"] == "nothing_before")
        }
    }

    @Test func `a cancelled setup is gone and takes no answer`() async throws {
        try await withAcme { place, acme in
            let setup = try await place.startFlow(acme, answering: acme.key)
            #expect(try await place.max("flow", "cancel", setup).reply(0)["cancelled"] == .string(setup))
            try place.expectNoTrace()
            let late = try await place.max("flow", "answer", setup, "--choose", "allow").refusal(1)
            #expect(late["code"] == "setup_ended")
            try place.expectNoTrace()
        }
    }

    @Test func `a sandbox fills everything in but the choice`() async throws {
        try await withPlayground { place in
            let start = try await place.max("flow", "start", "acme").reply(0)
            let setup = try #require(start.at("setup.id")?.string)
            let choice = try await place.answer(setup, "--use-sandbox")
            #expect(choice.at("view.choice.field") == "workspaceID")
            let workspace = try #require(choice.at("view.choice.options.0.value")?.string)
            let revision = try #require(choice.at("setup.revision")?.integer)
            let last = ["--choose", workspace, "--revision", "\(revision)"]
            let finished = try await place.run(["flow", "answer", setup] + last).finish().reply(0)
            #expect(finished.at("connection.sandbox") == true)
            let again = try await place.run(["flow", "answer", setup] + last).finish().reply(0)
            #expect(again["view"] == finished["view"] && again["connection"] == finished["connection"])
            #expect(try await place.connections().count == 1)
        }
    }
}

extension Playground {
    /// Begins a setup and answers the address and, when there is one, the key.
    func startFlow(_ acme: AcmeAddress, answering key: String? = nil) async throws -> String {
        let start = try await max("flow", "start", "acme").reply(0)
        let setup = try #require(start.at("setup.id")?.string)
        _ = try await answer(setup, "--set", "baseURL=\(acme.url)")
        if let key { _ = try await answer(setup, "--secret-stdin", "api_token", input: key) }
        return setup
    }

    /// Answers the question at hand of a setup.
    func answer(_ setup: String, _ answers: String..., input: String = "") async throws -> JSON {
        try await run(["flow", "answer", setup] + answers, input: input).finish().reply(0)
    }
}
