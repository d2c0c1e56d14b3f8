import Foundation
import MaxCore
import PseudoTerminal
import Testing

/// A person's way to the account they own at a provider that takes a token.
struct ProviderTests {
    @Test(arguments: TokenProvider.allCases)
    func `from no token through a wrong one to records`(provider: TokenProvider) async throws {
        let words = provider.words
        try await provider.visited { place, address in
            let arguments = ["connect", provider.rawValue, "--set", "baseURL=\(address.url)"]
            try await place.onTerminal(arguments) { tty in
                try await tty.expect("Connect your \(words.name) account")
                try await tty.answer(words.question, "sk_live_4242")
                try await tty.expect(words.mismatch)
                await tty.send(words.unknown)
                await tty.send(.enter)
                try await tty.expect("127.0.0.1 is on this machine or a private network")
                await tty.send(.down)
                await tty.send(.enter)
                try await tty.expect(words.refusal)
                await tty.paste("  \(address.token)\u{200B}")
                await tty.send(.enter)
                try await tty.expect("Connected as ")
                try await tty.expect("records collected")
                try await tty.expectEnd(0)
                for secret in [address.token, words.unknown, "sk_live_4242"] {
                    #expect(!tty.everything.contains(secret))
                }
            }
            let connection = try #require(try await place.connections().first)
            #expect(connection["state"] == "active")
            let slug = try #require(connection["slug"]?.string)
            let found = try await place.max("search", slug, words.entity, "--limit", "3", "--json").reply(0)
            #expect(found["records"]?.array?.isEmpty == false, "\(found)")
        }
    }

    @Test(arguments: TokenProvider.allCases)
    func `a sandbox of its own is a flag away`(provider: TokenProvider) async throws {
        try await withPlayground { place in
            let reply = try await place.max("connect", provider.rawValue, "--sandbox", "--yes", "--json").reply(0)
            #expect(reply.at("connection.sandbox") == true)
            #expect(reply.at("sync.state") == "complete", "\(reply)")
            let slug = try #require(reply.at("connection.slug")?.string)
            let again = try await place.max("sync", slug, "--json").reply(0)
            #expect(again.at("sync.state") == "complete", "\(again)")
        }
    }

    @Test(arguments: TokenProvider.allCases)
    func `a second account is a connection of its own, and the same one again is no twin`(
        provider: TokenProvider
    ) async throws {
        try await provider.visited { place, address in
            _ = try await place.connecting(provider, at: address).finish().reply(0)
            _ = try await place.connecting(provider, at: address, token: address.secondToken).finish().reply(0)
            let both = try await place.connections()
            #expect(both.count == 2)
            #expect(Set(both.map { $0["label"] }).count == 2)
            _ = try await place.connecting(provider, at: address).finish()
            #expect(try await place.connections().count == 2)
        }
    }

    @Test(arguments: TokenProvider.allCases)
    func `a refused token is told with its cause and the one thing to do, and leaves nothing`(
        provider: TokenProvider
    ) async throws {
        let words = provider.words
        try await provider.visited { place, address in
            var run = place.connecting(provider, at: address, token: words.unknown)
            run.arguments.removeAll { $0 == "--json" }
            let outcome = try await run.finish()
            #expect(outcome.status == .exited(3), "\(outcome)")
            #expect(outcome.err.contains(words.refusal), "\(outcome)")
            #expect(!(outcome.out + outcome.err).contains(words.unknown))
            #expect(try await place.connections().isEmpty)
            let failing = try await place.connecting(provider, at: address, token: address.failing).finish()
            #expect(failing.status == .exited(4), "\(failing)")
            #expect((failing.out + failing.err).contains("\(words.name) has a fault of its own right now"))
        }
    }

    @Test(arguments: TokenProvider.allCases)
    func `Enter alone starts a sandbox, also where the first question is for a secret`(
        provider: TokenProvider
    ) async throws {
        try await withPlayground { place in
            try await place.onTerminal("connect", provider.rawValue) { tty in
                try await tty.expect("Enter alone starts a local \(provider.words.name) sandbox")
                try await tty.expect("›")
                await tty.send(.enter)
                try await tty.expect("Connected as ")
                try await tty.expectEnd(0)
            }
            #expect(try await place.connections().first?["sandbox"] == true)
        }
    }

    @Test func `a token's last day is told at once`() async throws {
        try await TokenProvider.github.visited { place, address in
            let arguments = ["connect", "github", "--set", "baseURL=\(address.url)"]
            try await place.onTerminal(arguments) { tty in
                try await tty.answer("Access token", address.token + "soon")
                try await tty.answer("A private address", "2")
                try await tty.expect("Connected as ")
                try await tty.expect("Access token expires ")
                try await tty.expectEnd(0)
            }
        }
    }
}
