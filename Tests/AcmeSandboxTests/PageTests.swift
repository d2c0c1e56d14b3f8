import BareClient
import SandboxKit
import Testing

@testable import AcmeSandbox

struct PageTests {
    @Test func `shows the keys to copy and every fault`() async throws {
        try await AcmeSandbox.serve { acme in
            let page = try await AcmeProbe(acme).get("/settings/api-keys")
            #expect(page.status == 200)
            #expect(page.text.contains(acme.key))
            #expect(page.text.contains(acme.secondKey))
            for fault in AcmeFault.allCases { #expect(page.text.contains("<code>_\(fault.rawValue)</code>")) }
            #expect(page.headers["content-security-policy"]?.contains("default-src 'none'") == true)
            #expect(try await AcmeProbe(acme).get("/").text.contains("/settings/api-keys"))
            let style = try await AcmeProbe(acme).get(PageStyle.path)
            #expect(style.headers["content-type"] == "text/css; charset=utf-8")
        }
    }

    @Test func `makes a key that works until it is revoked`() async throws {
        try await AcmeSandbox.serve { acme in
            let erin = try await AcmeProbe(acme, key: acme.secondKey).get("/api/v1/me").json["id"].text
            let made = try await form(acme, "/settings/api-keys", "person=\(erin)&label=%3Cb%3E%22x%22%26&read_only=on")
            #expect(made.status == 303)
            #expect(made.headers["location"] == "/settings/api-keys#key_3")
            let page = try await AcmeProbe(acme).get("/settings/api-keys").text
            #expect(page.contains("&lt;b&gt;&quot;x&quot;&amp;"))
            #expect(page.contains("<b>") == false)

            let row = page.components(after: "id=\"key_3\"")
            let key = try #require(row.components(after: "<code>").split(separator: "<").first.map(String.init))
            let probe = AcmeProbe(acme, key: key)
            let me = try await probe.get("/api/v1/me").json
            #expect(me["email"].text == "erin@acme.test")
            #expect(me["scopes"].list.allSatisfy { $0.text.hasPrefix("read:") })
            let refused = try await probe.delete("/api/v1/projects/\(probe.firstProject())")
            #expect(refused.status == 403)

            #expect(try await form(acme, "/settings/api-keys/key_3/revoke", "").status == 303)
            #expect(try await probe.get("/api/v1/me").code == "token_revoked")
        }
    }

    @Test(arguments: [
        ["Origin": "http://evil.test"], ["Sec-Fetch-Site": "cross-site"], ["Origin": "null"],
    ])
    func `refuses a form sent by another site`(headers: [String: String]) async throws {
        try await AcmeSandbox.serve { acme in
            let answer = try await form(acme, "/settings/api-keys/key_1/revoke", "", headers)
            #expect(answer.status == 403)
            #expect(try await AcmeProbe(acme).get("/api/v1/me").status == 200)
        }
    }

    @Test func `shows no page under a name somebody else made up`() async throws {
        try await AcmeSandbox.serve { acme in
            let answer = try await AcmeProbe(acme).get("/settings/api-keys", ["Host": "evil.test:\(acme.port)"])
            #expect(answer.status == 403)
            #expect(answer.text.contains(acme.key) == false)
        }
    }

    @Test func `refuses a key without a purpose and for nobody`() async throws {
        try await AcmeSandbox.serve { acme in
            let dana = try await AcmeProbe(acme).get("/api/v1/me").json["id"].text
            for fields in ["person=\(dana)&label=", "label=x", "person=usr_0000000000&label=x"] {
                #expect(try await form(acme, "/settings/api-keys", fields).status == 400)
            }
        }
    }

    private func form(
        _ acme: AcmeAddress, _ path: String, _ fields: String, _ headers: [String: String] = [:]
    ) async throws -> Answer {
        let type = ["Content-Type": "application/x-www-form-urlencoded"]
        return try await AcmeProbe(acme).send("POST", path, type.merging(headers) { $1 }, body: fields)
    }
}

extension String {
    /// What follows the first occurrence of a text.
    fileprivate func components(after text: String) -> String {
        firstRange(of: text).map { String(self[$0.upperBound...]) } ?? ""
    }
}
