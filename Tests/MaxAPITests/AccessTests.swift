import HTTPTypes
import MaxAccess
import MaxCore
import MaxHub
import Testing

@testable import MaxAPI

/// How programs are let in (RFC 8628), and who they are then.
struct AccessTests {
    private static let grantType = "urn:ietf:params:oauth:grant-type:device_code"

    @Test func `tells a program what to show, and its owner where to go`() async throws {
        try await Site.with { site in
            let reply = try await site.stranger.submit("/v1/device/authorize", ["client_id": "A robot", "extra": "1"])
            #expect(reply.status == 200)
            #expect(reply["verification_uri"] == "http://localhost/device")
            let code = try #require(reply["user_code"]?.string)
            #expect(reply["verification_uri_complete"]?.string == "http://localhost/device?user_code=\(code)")
            #expect((reply["expires_in"], reply["interval"]) == (600, 5))
            #expect(reply.headers[.cacheControl] == "no-store")
        }
    }

    @Test func `keeps a program waiting, slows it down, and turns it away as the owner says`() async throws {
        try await Site.with { site in
            _ = try await site.owner()
            let asked = try await site.stranger.submit("/v1/device/authorize", ["client_id": "A robot"])
            let form = ["grant_type": Self.grantType, "device_code": asked["device_code"]?.string ?? ""]
            let waiting = try await site.stranger.submit("/v1/device/token", form)
            #expect((waiting.status, waiting["error"]) == (400, "authorization_pending"))
            let hasty = try await site.stranger.submit("/v1/device/token", form)
            #expect((hasty["error"], hasty["interval"]) == ("slow_down", 10))
            let session = try #require(try await site.access.sessions().first)
            try await site.access.deny(asked["user_code"]?.string ?? "", by: session)
            #expect(try await site.stranger.submit("/v1/device/token", form)["error"] == "access_denied")
        }
    }

    @Test(arguments: [
        (["grant_type": grantType, "device_code": "mxd_guess"], "invalid_grant"),
        (["grant_type": "password", "device_code": "x"], "unsupported_grant_type"),
        (["grant_type": grantType], "invalid_request"), ([:], "invalid_request"),
    ])
    func `refuses in the words of the standard`(form: [String: String], error: String) async throws {
        try await Site.with { site in
            let reply = try await site.stranger.submit("/v1/device/token", form)
            #expect((reply.status, reply["error"]?.string) == (400, error))
        }
    }

    @Test func `refuses a scope that there is not, and a body that is no form`() async throws {
        try await Site.with { site in
            let form = ["client_id": "A robot", "scope": "setup admin"]
            #expect(try await site.stranger.submit("/v1/device/authorize", form)["error"] == "invalid_scope")
            let json = try await site.stranger.post("/v1/device/authorize", ["client_id": "A robot"])
            #expect((json.status, json.code) == (415, "form_missing"))
        }
    }

    @Test func `tells everyone who they are`() async throws {
        try await Site.with { site in
            let agent = try await site.agent(.read, .setup).get("/v1/me")
            #expect((agent["kind"], agent["name"]) == ("agent", "A robot"))
            #expect(agent["scopes"] == ["read", "setup"])
            let owner = try await site.owner().get("/v1/me")
            #expect((owner["kind"], owner["scopes"]) == ("owner", nil))
        }
    }

    @Test func `lets an agent in no more once its token is taken away`() async throws {
        try await Site.with { site in
            let agent = try await site.agent(.read)
            #expect(try await agent.get("/v1/connections").status == 200)
            for known in try await site.access.agents() { try await site.access.revoke(known.id) }
            #expect(try await agent.get("/v1/connections").code == "signed_out")
        }
    }
}
