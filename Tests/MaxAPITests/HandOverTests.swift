import HTTPTypes
import MaxCore
import MaxHub
import Testing

@testable import MaxAPI

/// Whose a setup is: the owner's always, and an agent's when it began it or was handed it.
struct HandOverTests {
    @Test func `lets an agent watch the owner's setup when it may read, and drive none`() async throws {
        try await Site.with { site in
            let (owner, reader) = (try await site.owner(), try await site.agent(.setup, .read))
            let (path, reply) = try await Self.begun(by: owner, at: site.tenant)
            #expect(reply["setup"]?["startedBy"] == "owner")
            #expect(reply["setup"]?["agents"] == [])

            let seen = try await reader.get(path)
            #expect(seen["view"]?["kind"] == "open")
            #expect(seen["view"]?["open"]?["kind"] == "owner_link")
            #expect(seen["view"]?["open"]?["url"] == nil)
            #expect(seen["view"]?["open"]?["destination"] == "127.0.0.1")
            #expect(try await reader.get("\(path)/wait?timeout=0").status == 200)
            #expect(try await reader.get("/v1/setups")["items"]?.array?.count == 1)
            try await Self.expectRefused(reader, reply, path)

            let other = try await site.agent(.setup)
            for address in [path, "\(path)/wait?timeout=0", "\(path)/events"] {
                let refused = try await other.get(address)
                #expect((refused.status, refused.code) == (403, "setup_not_yours"))
            }
            #expect(try await other.get("/v1/setups")["items"] == [])
            try await Self.expectRefused(other, reply, path)
            #expect(try await owner.get(path).tag == reply.tag)
        }
    }

    @Test func `lets the owner finish what an agent began, and the agent see it through`() async throws {
        try await Site.with { site in
            let (owner, agent) = (try await site.owner(), try await site.agent(.setup))
            let (path, begun) = try await Self.begun(by: agent, at: site.tenant)
            #expect(begun["setup"]?["startedBy"] == "agent")
            let me = try #require(try await agent.get("/v1/me")["id"])
            #expect(begun["setup"]?["agents"] == [me])

            let another = try await site.agent(.setup, .read)
            try await Self.expectRefused(another, begun, path)
            var reply = try await owner.answer(begun, ["fields": ["api_token": .string(site.key)]])
            reply = try await owner.answer(reply, ["choose": ["allow"]])
            #expect(reply["view"]?["kind"] == "choice")
            reply = try await agent.get(path)
            let workspace = try #require(reply["view"]?["choice"]?["options"]?.array?.first?["value"])
            reply = try await owner.answer(reply, ["choose": [workspace]])
            #expect(reply["view"]?["kind"] == "finished")
            #expect(try await agent.get(path)["view"]?["connection"] == reply["view"]?["connection"])
            #expect(try await site.agent(.setup).get(path).status == 403)
        }
    }

    @Test func `hands a setup over to an agent, and takes it back`() async throws {
        try await Site.with { site in
            let (owner, agent) = (try await site.owner(), try await site.agent(.setup))
            let (path, _) = try await Self.begun(by: owner, at: site.tenant)
            let me = try #require(try await agent.get("/v1/me")["id"])
            #expect(try await agent.post("\(path)/hand-over", ["agent": me]).status == 403)
            let nobody = try await owner.post("\(path)/hand-over", ["agent": "agt_nobody"])
            #expect((nobody.status, nobody.code) == (422, "agent_unknown"))

            let handed = try await owner.post("\(path)/hand-over", ["agent": me])
            #expect(handed["setup"]?["agents"] == [me])
            #expect(handed["setup"]?["startedBy"] == "owner")
            let seen = try await agent.get(path)
            #expect(seen["view"]?["open"]?["url"]?.string?.contains("/link/mxl_") == true)
            let back = try await agent.post("\(path)/back", ["revision": seen["setup"]?["revision"] ?? 0])
            #expect(back["view"]?["kind"] == "form")

            let taken = try await owner.post("\(path)/hand-over", [:])
            #expect(taken["setup"]?["agents"] == [])
            try await Self.expectRefused(agent, taken, path)
            #expect(try await owner.send(.delete, path).status == 204)
        }
    }

    /// Begins a setup that asks for the secret.
    private static func begun(by person: Person, at tenant: JSON) async throws -> (path: String, Reply) {
        var reply = try await person.post("/v1/setups", ["connector": "acme"])
        reply = try await person.answer(reply, ["fields": ["baseURL": tenant]])
        return ("/v1/setups/\(try #require(reply["setup"]?["id"]?.string))", reply)
    }

    /// Expects that somebody can do nothing to a setup.
    private static func expectRefused(_ person: Person, _ reply: Reply, _ path: String) async throws {
        let revision = try #require(reply["setup"]?["revision"])
        let answers: [JSON] = [
            ["fields": ["api_token": "x"]], ["retry": true], ["choose": ["allow"]], ["useSandbox": true],
        ]
        var refusals: [Reply] = []
        for answer in answers { refusals.append(try await person.answer(reply, answer)) }
        refusals.append(try await person.post("\(path)/back", ["revision": revision]))
        refusals.append(try await person.post("\(path)/owner-link"))
        refusals.append(try await person.send(.delete, path))
        for refused in refusals { #expect((refused.status, refused.code) == (403, "setup_not_yours")) }
    }
}
