import HTTPTypes
import HostileServer
import MaxCore
import MaxEngines
import MaxHub
import Testing

@testable import MaxAPI

/// What a program sees of a check: how far it has climbed, and that it ends with the setup.
struct LadderTests {
    @Test func `shows the rungs of a check with their times, under way and when it failed`() async throws {
        try await Site.with { site in
            let owner = try await site.owner()
            let reply = try await Self.refused(owner, at: site.tenant, allowing: true)
            let rungs = try #require(reply["view"]?["ladder"]?.array)
            #expect(rungs.map { $0["rung"] } == ["resolve", "connect", "sign_in"])
            #expect(rungs.map { $0["standing"] } == ["passed", "passed", "failed"])
            #expect(rungs.allSatisfy { $0["milliseconds"]?.integer != nil })
            #expect(reply["view"]?["problem"]?["field"] == "api_token")
            #expect(reply["view"]?["triesLeft"] == 4)
            #expect(reply["view"]?["unproven"] == nil)
        }
    }

    @Test func `a setup that is cancelled ends its check, and the provider sees the connection close`() async throws {
        let (asked, ask) = AsyncStream.makeStream(of: Void.self)
        let script = HostileServer.Script.each { _, _ in
            ask.yield()
            return [.hang]
        }
        try await HostileServer.run(script) { provider in
            try await Site.with { site in
                let owner = try await site.owner()
                let tenant = JSON.string("http://127.0.0.1:\(provider.port)")
                let question = try await Self.refused(owner, at: tenant, allowing: false)
                let path = try "/v1/setups/\(#require(question["setup"]?["id"]?.string))"
                async let answered = owner.answer(question, ["choose": ["allow"]])
                for await _ in asked { break }
                let view = try #require(try await owner.get(path)["view"])
                #expect(view["kind"] == "working")
                #expect(view["rung"] == "sign_in")
                #expect(view["ladder"]?.array?.first?["standing"] == "passed")
                #expect(try await owner.send(.delete, path).status == 204)
                #expect(try await answered.code == "setup_ended")
                await provider.departure()
                #expect(try await owner.get(path).status == 410)
            }
        }
    }

    /// Answers everything with a key that nobody knows.
    private static func refused(_ owner: Person, at tenant: JSON, allowing: Bool) async throws -> Reply {
        var reply = try await owner.post("/v1/setups", ["connector": "acme"])
        reply = try await owner.answer(reply, ["fields": ["baseURL": tenant]])
        let key = JSON.string("acme_" + String(repeating: "0", count: 32))
        reply = try await owner.answer(reply, ["fields": ["api_token": key]])
        return allowing ? try await owner.answer(reply, ["choose": ["allow"]]) : reply
    }
}
