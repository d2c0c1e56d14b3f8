import AcmeSandbox
import Foundation
import MaxCore
import PseudoTerminal
import Testing

/// A new credential for a connection that exists.
struct ReconnectTests {
    @Test func `a refused key keeps the connection and the key it had`() async throws {
        try await withAcme { place, acme in
            let connection = try await place.connect(acme)
            let sealed = try StoreLook(place).secrets
            let error = try await place.reconnecting(acme, key: AcmeAddress.unknownKey).finish().refusal(3)
            #expect(error["code"] == "credential_refused" && error["rung"] == "sign_in")
            #expect(try await place.connections() == [connection])
            #expect(try StoreLook(place).secrets == sealed)
            #expect(try await place.setups().isEmpty)
        }
    }

    @Test func `the right key takes the place of the old one`() async throws {
        try await withAcme { place, acme in
            let connection = try await place.connect(acme)
            let sealed = try StoreLook(place).secrets
            let reply = try await place.reconnecting(acme, key: acme.key(.expiresSoon)).finish().reply(0)
            #expect(reply["updated"] == true)
            #expect(reply.at("connection.id") == connection["id"])
            #expect(reply.at("connection.config") == connection["config"])
            #expect(reply.at("connection.account.credentialExpiresAt") != nil)
            let now = try StoreLook(place).secrets
            #expect(now.count == 1 && now != sealed)
        }
    }

    @Test func `another account is refused, and a person can add it as a new one`() async throws {
        try await withAcme { place, acme in
            let connection = try await place.connect(acme)
            let error = try await place.reconnecting(acme, key: acme.secondKey).finish().refusal(3)
            #expect(error["code"] == "account_other")
            #expect(error["message"]?.string?.contains("erin@acme.test") == true)
            #expect(try await place.connections() == [connection])

            try await place.onTerminal("reconnect", "acme-dana") { tty in
                try await tty.expect("Reconnect dana@acme.test")
                try await tty.answer("API token", acme.secondKey)
                try await tty.expectQuestion("Another account")
                try await tty.expect("Add erin@acme.test as a new connection")
                await tty.send("2")
                await tty.send(.enter)
                try await tty.answer("Workspace", "1")
                try await tty.expect("Connected as erin@acme.test")
                try await tty.expectEnd(0)
            }
            let connections = try await place.connections()
            #expect(connections.map { $0["slug"] } == ["acme-dana", "acme-erin"])
            #expect(connections.first == connection)
        }
    }

    @Test func `a sandbox connection works in every later command`() async throws {
        try await withPlayground { place in
            _ = try await place.max("connect", "acme", "--sandbox", "--yes", "--json").reply(0)
            let key = try await place.onTerminal("sandbox", "acme", "--json") { tty in
                try await tty.expect("api_token")
                try await tty.expect("}")
                await tty.send(.ctrlC)
                try await tty.expectEnd(130)
                let line = try #require(tty.everything.split(whereSeparator: \.isNewline).first { $0.hasPrefix("{") })
                return try #require(JSON(parsing: Data(line.utf8)).at("sandbox.secrets.api_token")?.string)
            }
            let again = try await place.max(
                "reconnect", "acme-dana", "--secret-stdin", "api_token", "--yes", "--json", input: key)
            #expect(try again.reply(0)["updated"] == true)
        }
    }
}

extension Playground {
    /// Describes a run of `max reconnect` with everything answered.
    fileprivate func reconnecting(_ acme: AcmeAddress, key: String) -> ProgramRun {
        run(
            ["reconnect", "acme-dana", "--secret-env", "api_token=ACME_KEY", "--yes", "--json"],
            environment: ["ACME_KEY": key])
    }
}
