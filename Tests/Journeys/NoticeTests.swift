import AcmeSandbox
import Foundation
import MaxCore
import PseudoTerminal
import Testing

/// What the owner has to know, as a terminal tells it while a server runs.
struct NoticeTests {
    @Test func `a first sync is told once, here and from afar, until it was read`() async throws {
        try await withAcme { place, acme in
            _ = try await place.max("init")
            try await place.servingAfar { server, other in
                let slug = try #require(try await place.connect(acme)["slug"]?.string)
                _ = try await place.max("sync", slug)
                let told = try await place.notices { !$0.isEmpty }
                #expect(told.map { $0["kind"] } == ["first_sync"])
                #expect(told.first?["connection"]?.string == slug)

                try await other.logIn(to: server)
                try await other.onTerminal("notices") { tty in
                    try await tty.expect("The first sync of Acme dana@acme.test is done")
                    try await tty.expect("155 records collected.")
                    try await tty.expectEnd(0)
                }
                let status = try await other.max("status")
                #expect(status.out.contains("1 notice: max notices"), "\(status.out)")
                let read = try await other.max("notices", "read", "--json").reply(0)
                #expect(read["read"] == .array([told[0]["id"] ?? .null]))
                #expect(try await place.max("notices").out == "Nothing needs you.\n")
                let all = try await other.max("notices", "--all", "--json").reply(0)
                #expect(all["notices"]?.array?.first?["clearedAt"] != nil)
            }
        }
    }

    @Test func `what needs attention says what mends it, and a kind can be muted`() async throws {
        try await withAcme { place, acme in
            _ = try await place.max("init")
            try await place.serving { _ in
                _ = try await place.connect(acme, key: acme.key(.revokedAfterFive))
                _ = try await place.max("sync", "acme-dana")
                let told = try await place.notices { $0.contains { $0["kind"] == "needs_attention" } }
                let notice = try #require(told.first { $0["kind"] == "needs_attention" })
                #expect(notice["action"] == "reconnect")
                try await place.onTerminal("notices") { tty in
                    try await tty.expect("Acme dana@acme.test needs attention")
                    try await tty.expect("max reconnect acme-dana")
                    try await tty.expectEnd(0)
                }
                let short = String(notice["id"]?.string?.dropFirst(4).prefix(8) ?? "")
                let read = try await place.max("notices", "read", short, "--json").reply(0)
                #expect(read["read"] == [notice["id"] ?? .null])
                let muted = try await place.max(
                    "notices", "mute", "needs-attention", "--connection", "acme-dana", "--json")
                #expect(try muted.reply(0).at("mutes")?.array?.count == 1)
                #expect(try await place.notices { _ in true }.contains { $0["kind"] == "needs_attention" } == false)
                _ = try await place.max("notices", "unmute", "needs-attention", "--connection", "acme-dana")
                #expect(try await place.notices { _ in true }.contains { $0["kind"] == "needs_attention" })
            }
        }
    }

    @Test func `a kind that there is not and a notice that there is not are refused in words`() async throws {
        try await withPlayground { place in
            _ = try await place.max("init")
            let kind = try await place.max("notices", "mute", "expirng", "--json").refusal(2)
            #expect(kind["code"] == "notice_kind_unknown" && kind["fix"] == "Did you mean expiring?")
            let missing = try await place.max("notices", "read", "ntc_none", "--json").refusal(2)
            #expect(missing["code"] == "notice_not_found")
        }
    }
}

extension Playground {
    /// The notices that are open, as soon as they are as they are waited for.
    fileprivate func notices(_ condition: ([JSON]) -> Bool) async throws -> [JSON] {
        for _ in 0..<200 {
            let told = try await max("notices", "--json").reply(0)["notices"]?.array ?? []
            if condition(told) { return told }
            try await Task.sleep(for: .milliseconds(100))
        }
        throw POSIXError(.ETIMEDOUT)
    }
}
