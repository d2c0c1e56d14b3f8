import HTTPTypes
import MaxAccess
import MaxCore
import MaxEngines
import MaxHub
import MaxSetup
import MaxWire
import Testing

@testable import MaxAPI

/// A setup that an agent begins, the owner gives the secret to, and the agent sees through.
struct SetupTests {
    @Test func `goes from a device grant to a connection, with the owner's secret in between`() async throws {
        try await Site.with { site in
            let (owner, agent) = (try await site.owner(), try await Self.admittedAgent(site))
            var reply = try await agent.post("/v1/setups", ["connector": "acme"])
            #expect(reply.status == 201)
            let path = try "/v1/setups/\(#require(reply["setup"]?["id"]?.string))"
            #expect(reply["view"]?["kind"] == "form")

            reply = try await agent.answer(reply, ["fields": ["baseURL": site.tenant]])
            let link = try #require(reply["view"]?["open"]?["url"]?.string)
            #expect(reply["view"]?["open"]?["kind"] == "owner_link")
            #expect(link.wholeMatch(of: /http:\/\/localhost\/link\/mxl_[\w-]{43}/) != nil)
            #expect(reply["view"]?["fields"] == nil)
            #expect(try await agent.get(path)["view"]?["open"]?["url"]?.string == link)

            var owned = try await owner.get(path)
            #expect(owned["view"]?["kind"] == "form")
            owned = try await owner.answer(owned, ["fields": ["api_token": .string(site.key)]])
            #expect(owned["view"]?["step"]?["id"] == "platform.allow_host")
            #expect(try await agent.get(path)["view"]?["open"]?["kind"] == "owner_link")
            owned = try await owner.answer(owned, ["choose": ["allow"]])

            reply = try await agent.get(path)
            #expect(reply["view"]?["kind"] == "choice")
            let workspace = try #require(reply["view"]?["choice"]?["options"]?.array?.first?["value"])
            reply = try await agent.answer(reply, ["choose": [workspace]])
            #expect(reply["view"]?["kind"] == "finished")
            let id = try #require(reply["view"]?["connection"]?.string)
            #expect(reply["connection"]?["id"]?.string == id)
            #expect(try await agent.get("/v1/connections/\(id)")["identity"] == "dana@acme.test")
            #expect(try await agent.get(path)["view"]?["connection"]?.string == id)
            for person in [agent, owner] {
                for list in ["connectors", "setups", "connections", "runs", "schema", "me"] {
                    #expect(try await person.get("/v1/\(list)").status == 200)
                }
                #expect(!person.heard.all.contains(site.key))
            }
        }
    }

    /// An agent that was let in as programs are.
    private static func admittedAgent(_ site: Site) async throws -> Person {
        let asked = try await site.stranger.submit(
            "/v1/device/authorize", ["client_id": "A robot", "scope": "setup read"])
        let code = try #require(asked["user_code"]?.string)
        let session = try #require(try await site.access.sessions().first)
        try await site.access.approve(code, scopes: [.setup, .read], by: session)
        let token = try await site.stranger.submit(
            "/v1/device/token",
            [
                "grant_type": "urn:ietf:params:oauth:grant-type:device_code",
                "device_code": try #require(asked["device_code"]?.string),
            ])
        return Person(
            site: site, headers: [.authorization: "Bearer \(try #require(token["access_token"]?.string))"])
    }

    @Test func `takes no secret from an agent, whatever it calls it`() async throws {
        try await Site.with { site in
            let (owner, agent) = (try await site.owner(), try await site.agent(.setup, .read, .manage))
            let (canary, path) = ("acme_0123456789abcdef0123456789abcdef", try await agent.reachSecret(site.tenant))
            let reply = try await agent.get(path)
            for answer in [
                ["fields": ["api_token": .string(canary)]], ["fields": [:]], ["useSandbox": true], ["choose": ["x"]],
                ["useSandbox": true, "fields": ["api_token": .string(canary)]], ["search": .string(canary)],
            ] as [JSON] {
                let refused = try await agent.answer(reply, answer)
                #expect((refused.status, refused.code) == (403, "owner_needed"))
            }
            #expect(try await site.engines.rows.secrets(of: site.pending()).isEmpty)
            // The owner's mistake is told to the agent without a word of what was typed.
            let mistaken = try await owner.answer(try await owner.get(path), ["fields": ["api_token": .string(canary)]])
            _ = try await owner.answer(mistaken, ["choose": ["allow"]])
            let told = try await agent.get(path)
            #expect(told["view"]?["problem"]?["kind"] == "auth")
            #expect(told["view"]?["problem"]?["field"] == nil)
            #expect(!agent.heard.all.contains(canary))
            #expect(!owner.heard.all.contains(canary))
            #expect(try await owner.get(path)["view"]?["fields"]?.array?.first?["value"] == nil)
        }
    }

    @Test func `lets an agent try the sandbox, whose key it never sees`() async throws {
        try await Site.with { site in
            let agent = try await site.agent(.setup)
            var reply = try await agent.post("/v1/setups", ["connector": "acme"])
            #expect(reply["view"]?["sandboxOffer"] != nil)
            reply = try await agent.answer(reply, ["useSandbox": true])
            let workspace = try #require(reply["view"]?["choice"]?["options"]?.array?.first?["value"])
            reply = try await agent.answer(reply, ["choose": [workspace]])
            #expect(reply["view"]?["kind"] == "finished")
            #expect(reply["connection"] == nil)
            #expect(!agent.heard.all.contains(site.key))
        }
    }

    @Test func `lets no agent send a secret that was given to another address`() async throws {
        try await Site.with { site in
            let (owner, agent) = (try await site.owner(), try await site.agent(.setup))
            let path = try await agent.reachSecret(site.tenant)
            var owned = try await owner.get(path)
            owned = try await owner.answer(owned, ["fields": ["api_token": .string(site.key)]])
            owned = try await owner.answer(owned, ["choose": ["allow"]])
            var reply = try await agent.get(path)
            while reply["view"]?["step"]?["canGoBack"] == true {
                reply = try await agent.post("\(path)/back", ["revision": reply["setup"]?["revision"] ?? 0])
                guard reply["view"]?["step"]?["title"] != "Your Acme" else { break }
            }
            #expect(reply["view"]?["step"]?["title"] == "Your Acme")
            #expect(reply["view"]?["open"]?["kind"] == "owner_link")
            let refused = try await agent.answer(reply, ["fields": ["baseURL": "https://evil.example"]])
            #expect(refused.code == "owner_needed")
        }
    }

    @Test func `lets no agent answer a revision that it has not seen`() async throws {
        try await Site.with { site in
            let agent = try await site.agent(.setup)
            let reply = try await agent.post("/v1/setups", ["connector": "acme"])
            let path = try "/v1/setups/\(#require(reply["setup"]?["id"]?.string))/answer"
            let ahead = try await agent.post(path, ["revision": 99, "fields": ["api_token": "x"]])
            #expect((ahead.status, ahead.code) == (409, "revision_stale"))
            #expect(try await agent.post(path, ["retry": true]).status == 428)
        }
    }

    @Test func `makes another link when the owner used the first`() async throws {
        try await Site.with { site in
            let (owner, agent) = (try await site.owner(), try await site.agent(.setup))
            let path = try await agent.reachSecret(site.tenant)
            let first = try #require(try await agent.get(path)["view"]?["open"]?["url"]?.string)
            let session = try #require(try await site.access.sessions().first)
            let setup = try await site.access.open(String(first.split(separator: "/").last ?? ""), by: session)
            #expect(path == "/v1/setups/\(setup.rawValue)")
            let second = try await agent.post("\(path)/owner-link")
            #expect(second.status == 201)
            #expect(second["url"]?.string != first)
            #expect(try await agent.get(path)["view"]?["open"]?["url"] == second["url"])
            _ = owner
        }
    }

    @Test func `waits until the owner has gone on`() async throws {
        try await Site.with { site in
            let (owner, agent) = (try await site.owner(), try await site.agent(.setup))
            let path = try await agent.reachSecret(site.tenant)
            let seen = try await agent.get(path)
            async let waiting = agent.get("\(path)/wait?timeout=25", with: [.ifNoneMatch: seen.tag])
            _ = try await owner.answer(try await owner.get(path), ["fields": ["api_token": .string(site.key)]])
            let reply = try await waiting
            #expect(reply.status == 200)
            #expect(reply["setup"]?["revision"] != seen["setup"]?["revision"])
            let now = try await agent.get(path)
            #expect(try await agent.get("\(path)/wait?timeout=0", with: [.ifNoneMatch: now.tag]).status == 304)
        }
    }

    @Test func `is one list with what is connected, and goes without a trace`() async throws {
        try await Site.with { site in
            let agent = try await site.agent(.setup, .read)
            let path = try await agent.reachSecret(site.tenant)
            let source = try #require(try await agent.get("/v1/connections")["items"]?.array?.first)
            #expect(source["standing"] == "Setting up")
            #expect(source["label"] == "Acme")
            #expect(source["setup"]?["id"]?.string.map { path.hasSuffix($0) } == true)
            #expect(try await agent.send(.delete, path).status == 204)
            #expect(try await agent.get(path).status == 410)
            #expect(try await agent.get("/v1/connections")["items"] == [])
        }
    }

    @Test func `mends a connection from its own question on`() async throws {
        try await Site.with { site in
            let connection = try await site.connection()
            let agent = try await site.agent(.setup, .read)
            let reply = try await agent.post("/v1/connections/\(connection.slug)/reconnect")
            #expect(reply.status == 201)
            #expect(reply["setup"]?["purpose"] == "reconnect")
            #expect(reply["view"]?["open"]?["kind"] == "owner_link")
            let sources = try #require(try await agent.get("/v1/connections")["items"]?.array)
            #expect(sources.count == 1)
            #expect(sources.first?["setup"]?["id"] == reply["setup"]?["id"])
            let again = try await agent.post("/v1/setups", ["reconnect": .string(connection.slug)])
            #expect((again.status, again.code) == (409, "setup_under_way"))
            let first = try #require(reply["setup"]?["id"]?.string)
            #expect(again["setup"]?.string == first)
            #expect(again.headers[.location] == "/v1/setups/\(first)")
            let stranger = try await site.agent(.setup).post("/v1/connections/\(connection.slug)/reconnect")
            #expect((stranger.status, stranger["setup"], stranger.headers[.location]) == (409, nil, nil))
        }
    }
}

extension Person {
    /// Answers the question of an earlier reply.
    func answer(_ reply: Reply, _ answer: JSON) async throws -> Reply {
        var body = answer.object ?? [:]
        body["revision"] = reply["setup"]?["revision"]
        return try await post("/v1/setups/\(reply["setup"]?["id"]?.string ?? "")/answer", .object(body))
    }

    /// Begins a setup and answers until the secret is asked for; returns its path.
    func reachSecret(_ tenant: JSON) async throws -> String {
        let reply = try await answer(
            try await post("/v1/setups", ["connector": "acme"]), ["fields": ["baseURL": tenant]])
        #expect(reply["view"]?["open"]?["kind"] == "owner_link")
        return "/v1/setups/\(try #require(reply["setup"]?["id"]?.string))"
    }
}

extension Site {
    /// The connection that the one unfinished setup will make.
    func pending() async throws -> ConnectionID {
        try #require(try await engines.setup.unfinished().first).connection
    }
}
