import AcmeSandbox
import Foundation
import MaxCore
import PseudoTerminal
import Testing

/// A person's way from an empty folder to a live connection.
struct FirstAccountTests {
    @Test func `from an empty folder through a wrong key and back to a live connection`() async throws {
        try await withAcme { place, acme in
            try await place.onTerminal("connect", "acme") { tty in
                try await tty.expect("Created a project here")
                try await tty.expect("Connect your Acme account")
                try await tty.answer("Tenant URL", "my acme")
                try await tty.expect("✗")
                await tty.send(.control("u"))
                await tty.send(acme.url)
                await tty.send(.enter)

                try await tty.expectScreen { $0.contains("It goes to 127.0.0.1, and nowhere else.") }
                try await tty.answer("API token", "sk_live_4242")
                try await tty.expect("This does not look like an Acme API token")
                await tty.send(AcmeAddress.unknownKey)
                await tty.send(.enter)
                try await tty.expect("127.0.0.1 is on this machine or a private network")
                await tty.send(.down)
                await tty.send(.enter)
                try await tty.expect("Acme rejected this API token")
                await tty.send("<")
                await tty.send(.enter)

                try await tty.expectQuestion("Tenant URL")
                try await tty.expect(acme.url)
                await tty.send(.enter)
                try await tty.expectQuestion("API token")
                #expect(!tty.isEchoing)
                await tty.paste(acme.key)
                await tty.send(.enter)

                try await tty.expectQuestion("Workspace")
                try await tty.expect("Cedar Exports")
                await tty.send(.down)
                await tty.send(.enter)
                try await tty.expect("Connected as dana@acme.test")
                try await tty.expect("records collected")
                try await tty.expectEnd(0)
                for key in [acme.key, AcmeAddress.unknownKey, "sk_live_4242"] { #expect(!tty.everything.contains(key)) }
            }
            try await expectDana(place, acme, workspace: "Hazel Küche & Lager")
        }
    }

    private func expectDana(_ place: Playground, _ acme: AcmeAddress, workspace: String) async throws {
        let list = try await place.max("ls")
        #expect(list.status == .exited(0) && list.out.contains("dana@acme.test"))
        let show = try await place.max("show", "acme-dana", "--json").reply(0)
        #expect(show.at("connection.state") == "active")
        #expect(show.at("connection.label") == "dana@acme.test")
        #expect(show.at("connection.config.baseURL") == .string(acme.url))
        #expect(show["secrets"] == ["api_token"])
        #expect(try await place.setups().isEmpty)
        #expect(try await place.max("doctor").status == .exited(0))
    }

    @Test(arguments: [("3", "3"), ("cedar", "cedar"), ("\u{1B}[B\u{1B}[B", "two steps down")])
    func `a choice is made by number, by typing and by arrow`(keys: String, _: String) async throws {
        try await withAcme { place, acme in
            try await place.onTerminal("connect", "acme") { tty in
                try await tty.signIn(acme)
                try await tty.expectQuestion("Workspace")
                try await tty.expect("Cedar Exports")
                await tty.send(keys)
                await tty.send(.enter)
                try await tty.expect("Workspace  Cedar Exports")
                try await tty.expectEnd(0)
            }
        }
    }

    @Test func `Enter alone starts a sandbox of its own and asks for the workspace only`() async throws {
        try await withPlayground { place in
            try await place.onTerminal("connect", "acme") { tty in
                try await tty.expect("starts a local Acme sandbox")
                await tty.send(.enter)
                try await tty.expectQuestion("Workspace")
                await tty.send("1")
                await tty.send(.enter)
                try await tty.expect("Connected as dana@acme.test")
                try await tty.expectEnd(0)
                #expect(!tty.screen.contains("API token"))
            }
            let connections = try await place.connections()
            #expect(connections.count == 1)
            #expect(connections[0]["sandbox"] == true)
        }
    }

    @Test func `without a connector there is a list to pick from`() async throws {
        try await withPlayground { place in
            try await place.onTerminal("connect") { tty in
                try await tty.expectQuestion("Connect")
                try await tty.expect("1  Acme")
                await tty.send("acm")
                await tty.send(.enter)
                try await tty.expectQuestion("Tenant URL")
                await tty.send(.ctrlC)
                try await tty.expectEnd(130)
            }
            try place.expectNoTrace()
        }
    }

    @Test func `the same account again is updated instead of doubled`() async throws {
        try await withAcme { place, acme in
            let first = try await place.connect(acme)
            try await place.onTerminal("connect", "acme") { tty in
                try await tty.signIn(acme)
                try await tty.expectQuestion("Already connected")
                try await tty.expect("Update its API token")
                await tty.send(.enter)
                try await tty.expectQuestion("Workspace")
                await tty.send(.enter)
                try await tty.expect("acme-dana is updated and active")
                try await tty.expectEnd(0)
            }
            let connections = try await place.connections()
            #expect(connections.map { $0["id"] } == [first["id"]])
        }
    }

    @Test func `a second account is born with a name and a label of its own`() async throws {
        try await withAcme { place, acme in
            try await place.connect(acme)
            try await place.connect(acme, key: acme.secondKey)
            let connections = try await place.connections()
            #expect(connections.map { $0["slug"] } == ["acme-dana", "acme-erin"])
            #expect(connections.map { $0["label"] } == ["dana@acme.test", "erin@acme.test"])
        }
    }
}
