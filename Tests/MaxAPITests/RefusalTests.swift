import HTTPTypes
import MaxAccess
import MaxCore
import MaxHub
import Testing

@testable import MaxAPI

/// What is refused to whom, at every route.
struct RefusalTests {
    private static let guarded = RouteTable.routes.filter { $0.admission != .anyone }

    @Test func `asks everyone who they are`() async throws {
        try await Site.with { site in
            for route in Self.guarded {
                let reply = try await site.stranger.send(route.method, route.somePath)
                #expect(reply.status == 401, "\(route.name)")
                #expect(reply.code == "sign_in_needed", "\(route.name)")
                #expect(reply.headers[.wwwAuthenticate]?.hasPrefix("Bearer") == true, "\(route.name)")
                #expect(reply.mediaType == "application/problem+json", "\(route.name)")
            }
        }
    }

    @Test func `refuses an agent what lies beyond its scopes`() async throws {
        try await Site.with { site in
            let agents = Dictionary(
                uniqueKeysWithValues: [
                    (AgentScope.setup, try await site.agent(.read, .manage)),
                    (.read, try await site.agent(.setup, .manage)), (.manage, try await site.agent(.setup, .read)),
                ])
            let all = try await site.agent(.setup, .read, .manage)
            for route in Self.guarded {
                switch route.admission {
                case .scope(let scope), .agent(let scope):
                    let reply = try await #require(agents[scope]).send(route.method, route.somePath)
                    #expect(reply.status == 403, "\(route.name)")
                    #expect(reply.code == "scope_missing", "\(route.name)")
                case .owner:
                    #expect(try await all.send(route.method, route.somePath).code == "owner_only", "\(route.name)")
                case .known, .anyone: continue
                }
            }
        }
    }

    @Test func `keeps what is for agents from the owner`() async throws {
        try await Site.with { site in
            let owner = try await site.owner()
            #expect(try await owner.post("/v1/setups/x/owner-link").code == "agent_only")
        }
    }

    @Test func `takes no change of the owner's without the proof that a page of Max sent it`() async throws {
        try await Site.with { site in
            let owner = try await site.owner()
            let cookie = try #require(owner.headers[.cookie])
            let victim = Person(site: site, headers: [.cookie: cookie])
            for route in Self.guarded where route.method != .get {
                let reply = try await victim.send(route.method, route.somePath)
                #expect(reply.status == 403, "\(route.name)")
                #expect(reply.code == "form_stale", "\(route.name)")
            }
            #expect(try await victim.get("/v1/me").status == 200)
        }
    }

    @Test(arguments: ["Bearer mxa_guess", "Bearer ", "Basic bWF4Om1heA==", "mxa_guess"])
    func `takes no token that it did not hand out`(authorization: String) async throws {
        try await Site.with { site in
            let person = Person(site: site, headers: [.authorization: authorization])
            let reply = try await person.get("/v1/me")
            #expect(reply.code == "signed_out")
        }
    }

    @Test func `says in the same form that there is nothing, and which methods there are`() async throws {
        try await Site.with { site in
            let owner = try await site.owner()
            let nothing = try await owner.get("/v1/nothing")
            #expect((nothing.status, nothing.mediaType) == (404, "application/problem+json"))
            let wrong = try await owner.send(.put, "/v1/me")
            #expect((wrong.status, wrong.headers[.allow]) == (405, "GET, HEAD"))
            #expect(wrong.mediaType == "application/problem+json")
        }
    }

    @Test func `lets no other site read an answer, and nobody keep it`() async throws {
        try await Site.with { site in
            let origin = try #require(HTTPField.Name("Access-Control-Allow-Origin"))
            let reply = try await site.agent(.read).get("/v1/connections", with: [.origin: "https://evil.example"])
            #expect(reply.headers[origin] == nil)
            #expect(reply.headers[.cacheControl] == "no-store")
        }
    }
}

extension Route {
    /// An address at which the route answers.
    var somePath: String { path.replacing(/\{\w+\}/, with: "x") }
}
