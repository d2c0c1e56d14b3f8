import AcmeSandbox
import Foundation
import MaxCore
import PseudoTerminal
import Testing

/// A connection whose credential is refused is mended in its place, from wherever its owner is.
struct RepairTests {
    /// Gives `body` a connection that the provider refuses, with what it holds.
    private func withRefused(_ body: (Playground, AcmeAddress, JSON) async throws -> Void) async throws {
        try await withAcme { place, acme in
            try await place.connect(acme, key: acme.key(.revokedAfterFive))
            _ = try await place.max("sync", "acme-dana", "--json").reply(3)
            let connection = try #require(try await place.connections().first)
            #expect(connection.at("health.headline") == "needs_attention")
            #expect(connection.at("health.action") == "reconnect")
            try await body(place, acme, connection)
        }
    }

    private func expectMended(_ place: Playground, _ before: JSON) async throws {
        let connection = try #require(try await place.connections().first)
        #expect(connection["id"] == before["id"] && connection["config"] == before["config"])
        #expect(connection.at("health.headline") == "active" && connection.at("health.action") == nil)
        #expect(connection.at("health.sync") == "complete" && connection.at("health.freshness") == "fresh")
        #expect(try await place.connections().count == 1)
    }

    @Test func `in the terminal only the secret is asked, and a sync confirms it`() async throws {
        try await withRefused { place, acme, before in
            #expect(try await place.max("status").out.contains("max reconnect acme-dana"))
            try await place.onTerminal("reconnect", "acme-dana") { tty in
                try await tty.answer("API token", acme.key)
                try await tty.expect("records")
                try await tty.expectEnd(0)
                #expect(!tty.everything.contains("Tenant URL") && !tty.everything.contains("Workspace"))
                #expect(!tty.everything.contains(acme.key))
            }
            try await expectMended(place, before)
        }
    }

    @Test func `from afar the secret is asked on the owner's page, and a sync confirms it`() async throws {
        try await withRefused { place, acme, before in
            try await place.servingAfar { server, other in
                try await other.logIn(to: server)
                try await other.onTerminal("reconnect", "acme-dana", "--server", server.address) { tty in
                    try await server.takeStep(on: tty, ["do": "submit", "api_token": acme.key])
                    try await tty.expect("records")
                    try await tty.expectEnd(0)
                    #expect(!tty.everything.contains(acme.key))
                }
            }
            try await expectMended(place, before)
        }
    }

    @Test func `while it is repaired the credential in force goes on working`() async throws {
        try await withAcme { place, acme in
            try await place.connect(acme, syncing: true)
            let sealed = try StoreLook(place).secrets
            let start = try await place.max("flow", "start", "acme", "--reconnect", "acme-dana").reply(0)
            let setup = try #require(start.at("setup.id")?.string)
            #expect(start.at("view.fields.0.name") == "api_token" && start.at("view.fields")?.array?.count == 1)
            let refused = try await place.max(
                "flow", "answer", setup, "--secret-stdin", "api_token", input: AcmeAddress.unknownKey)
            #expect(try refused.reply(0).at("view.problem.code") == "credential_refused")
            let sync = try await place.max("sync", "acme-dana", "--json").reply(0)
            #expect(sync.at("sync.state") == "complete")
            #expect(try sealed.allSatisfy(StoreLook(place).secrets.contains))
            _ = try await place.max("flow", "cancel", setup).reply(0)
            #expect(try StoreLook(place).secrets == sealed)
        }
    }
}
