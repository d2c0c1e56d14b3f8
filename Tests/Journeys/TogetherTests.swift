import AcmeSandbox
import Foundation
import MaxCore
import PseudoTerminal
import Testing

/// Two processes on one project.
struct TogetherTests {
    @Test func `two accounts are connected at the same time from a fresh folder`() async throws {
        try await withAcme { place, acme in
            async let dana = place.connecting(acme).finish()
            async let erin = place.connecting(acme, key: acme.secondKey).finish()
            let replies = [try await dana.reply(0), try await erin.reply(0)]
            #expect(replies.map { $0.at("connection.identity") } == ["dana@acme.test", "erin@acme.test"])
            #expect(Set(try await place.connections().compactMap { $0["slug"]?.string }) == ["acme-dana", "acme-erin"])
            #expect(try await place.max("doctor", "--json").reply(0)["ok"] == true)
            #expect(try StoreLook(place).faults == [])
        }
    }

    @Test func `of two setups of one account one connects, and there is no twin`() async throws {
        try await withAcme { place, acme in
            async let one = place.connecting(acme).finish()
            async let other = place.connecting(acme).finish()
            let ends = [try await one, try await other]
            #expect(ends.contains { $0.status == .exited(0) })
            for end in ends where end.status != .exited(0) {
                #expect(["account_taken", "setup_under_way"].contains(try end.refusal(1)["code"]?.string ?? ""))
            }
            #expect(try await place.connections().count == 1)
            let look = try StoreLook(place)
            #expect(try look.count("secret") == 1 && look.count("setup_session") == 0)
            #expect(try look.faults == [])
        }
    }

    @Test func `a rotation goes on beside a setup`() async throws {
        try await withAcme { place, acme in
            try await place.connect(acme)
            async let erin = place.connecting(acme, key: acme.secondKey).finish()
            async let rotation = place.max("vault", "rotate", "--json")
            _ = try await (erin.reply(0), rotation.reply(0))
            #expect(try await place.connections().allSatisfy { $0["locked"] == nil })
            let status = try await place.max("vault", "status", "--json").reply(0)
            #expect(status.at("vault.lockedConnections") == [:])
        }
    }
}
