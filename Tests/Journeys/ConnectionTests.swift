import AcmeSandbox
import Foundation
import MaxCore
import PseudoTerminal
import Testing

/// What a person does with connections that exist.
struct ConnectionTests {
    @Test func `a connection gets another label and another name`() async throws {
        try await withAcme { place, acme in
            try await place.connect(acme)
            try await place.connect(acme, key: acme.secondKey)
            let reply = try await place.max("rename", "acme-dana", "At work", "--name", "work", "--json").reply(0)
            #expect(reply.at("connection.label") == "At work" && reply.at("connection.slug") == "work")
            for word in ["work", "At work", reply.at("connection.id")?.string ?? ""] {
                #expect(try await place.max("show", word, "--json").reply(0).at("connection.slug") == "work")
            }
            let shadow = try await place.max("rename", "work", "--name", "acme", "--json").refusal(2)
            #expect(shadow["code"] == "name_invalid")
            let taken = try await place.max("rename", "work", "--name", "acme-erin", "--json").refusal(2)
            #expect(taken["code"] == "name_taken")
            let unknown = try await place.max("show", "acme-dana", "--json").refusal(2)
            #expect(unknown["code"] == "connection_not_found")
        }
    }

    @Test func `disconnecting deletes the secrets and keeps the data, and reconnecting brings it back`() async throws {
        try await withAcme { place, acme in
            let connection = try await place.connect(acme)
            let asked = try await place.max("disconnect", "acme-dana", "--json").refusal(2)
            #expect(asked["fix"] == "Give --yes.")
            let reply = try await place.max("disconnect", "acme-dana", "--yes", "--json").reply(0)
            #expect(reply.at("connection.state") == "revoked")
            #expect(try StoreLook(place).traces == ["connection"])
            #expect(try await place.connections().map { $0["state"] } == ["revoked"])

            let back = try await place.run(
                ["reconnect", "acme-dana", "--secret-stdin", "api_token", "--yes", "--json"], input: acme.key
            ).finish().reply(0)
            #expect(back.at("connection.id") == connection["id"])
            #expect(back.at("connection.state") == "active")
        }
    }

    @Test func `the same account at another address takes no connection over`() async throws {
        try await withAcme { place, acme in
            try await place.connect(acme)
            let before = try await place.connections()
            let copy = try await place.max(
                "connect", "acme", "--set", "baseURL=http://localhost:\(acme.port)", "--secret-stdin", "api_token",
                "--allow-host", "localhost", "--yes", "--json", input: acme.key
            ).refusal(2)
            #expect(copy["code"] == "account_elsewhere" && copy["field"] == "baseURL")
            #expect(try await place.connections() == before)
        }
    }

    @Test func `erasing leaves nothing and nothing comes back`() async throws {
        try await withAcme { place, acme in
            let first = try await place.connect(acme)
            let reconnect = try await place.max("flow", "start", "acme", "--reconnect", "acme-dana").reply(0)
            let setup = try #require(reconnect.at("setup.id")?.string)
            _ = try await place.max("disconnect", "acme-dana", "--erase", "--yes", "--json").reply(0)
            try place.expectNoTrace()

            let late = try await place.run(
                ["flow", "answer", setup, "--secret-stdin", "api_token"], input: acme.key
            ).finish().refusal(1)
            #expect(late["code"] == "setup_ended")
            try place.expectNoTrace()
            let again = try await place.connect(acme)
            #expect(again["id"] != first["id"])
        }
    }

    @Test func `a person is asked before anything is disconnected`() async throws {
        try await withAcme { place, acme in
            try await place.connect(acme)
            for (answer, code, state) in [("no", 130, "active"), ("yes", 0, "revoked")] {
                try await place.onTerminal("disconnect", "acme-dana") { tty in
                    try await tty.answer("Disconnect dana@acme.test?", answer)
                    try await tty.expectEnd(Int32(code))
                }
                #expect(try await place.connections().map { $0["state"] } == [.string(state)])
            }
        }
    }
}
