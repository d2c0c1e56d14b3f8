import BareClient
import SandboxKit
import Testing

@testable import AcmeSandbox

struct KeyTests {
    @Test func `tells the holder of the default key who they are`() async throws {
        try await AcmeSandbox.serve { acme in
            let answer = try await AcmeProbe(acme).get("/api/v1/me")
            #expect(answer.status == 200)
            #expect(try answer.json["email"] == "dana@acme.test".json)
            #expect(try answer.json["scopes"].list.contains("read:workspaces".json))
            #expect(try answer.json["token"]["expires_at"] == .null)
            #expect(answer.headers["x-request-id"]?.hasPrefix("req_") == true)
            #expect(answer.headers["ratelimit-remaining"] == "999999")
            #expect(answer.headers["x-token-expires-at"] == nil)
        }
    }

    @Test func `gives the second person another account in the same tenant`() async throws {
        try await AcmeSandbox.serve { acme in
            let dana = try await AcmeProbe(acme).get("/api/v1/me").json
            let erin = try await AcmeProbe(acme, key: acme.secondKey).get("/api/v1/me").json
            #expect(erin["email"] == "erin@acme.test".json)
            #expect(erin["id"] != dana["id"])
            #expect(erin["tenant"] == dana["tenant"])
        }
    }

    @Test(arguments: [
        "acme_" + String(repeating: "0", count: 32), "acme_123", "sk_live_1",
        "acme_" + String(repeating: "F", count: 32),
    ])
    func `refuses a key nobody holds`(key: String) async throws {
        try await AcmeSandbox.serve { acme in
            for fault in ["", "_slow", "_nonsense"] {
                let answer = try await AcmeProbe(acme, key: key + fault).get("/api/v1/me")
                #expect(answer.status == 401)
                #expect(try answer.code == "invalid_token")
                #expect(answer.headers["www-authenticate"]?.hasPrefix("Bearer") == true)
            }
        }
    }

    @Test func `refuses a call without a key`() async throws {
        try await AcmeSandbox.serve { acme in
            var probe = AcmeProbe(acme)
            probe.key = nil
            #expect(try await probe.get("/api/v1/me").code == "missing_token")
            let basic = try await probe.get("/api/v1/me", ["Authorization": "Basic ZGFuYTpkYW5h"])
            #expect(try basic.code == "missing_token")
        }
    }

    @Test func `limits the requests of a minute when told to`() async throws {
        try await AcmeSandbox.serve(AcmeSandboxOptions(requestsPerMinute: 2)) { acme in
            let probe = AcmeProbe(acme)
            #expect(try await probe.get("/api/v1/me").headers["ratelimit-remaining"] == "1")
            #expect(try await probe.get("/api/v1/me").status == 200)
            let third = try await probe.get("/api/v1/me")
            #expect(third.status == 429)
            #expect(try #require(third.headers["retry-after"].flatMap { Int($0) }) <= 60)
            let erin = try await AcmeProbe(acme, key: acme.secondKey).get("/api/v1/me")
            #expect(erin.status == 200)
        }
    }

    @Test func `answers an unknown address in the API’s own shape`() async throws {
        try await AcmeSandbox.serve { acme in
            let answer = try await AcmeProbe(acme).get("/api/v1/nowhere")
            #expect(answer.status == 404)
            #expect(try answer.code == "unknown_route")
        }
    }
}

extension String {
    var json: JSONValue { .string(self) }
}
