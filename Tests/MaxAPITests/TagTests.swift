import HTTPTypes
import HummingbirdTesting
import MaxCore
import MaxEngines
import MaxHub
import NIOCore
import Testing

@testable import MaxAPI

/// Tags: what is as it was is not sent again, and what has moved on is not overwritten.
struct TagTests {
    @Test func `does not send again what is as it was`() async throws {
        try await Site.with { site in
            let connection = try await site.connection()
            let agent = try await site.agent(.read, .manage)
            let path = "/v1/connections/\(connection.id.rawValue)"
            let reply = try await agent.get(path)
            #expect(reply.tag.wholeMatch(of: /"[0-9a-z.]+"/) != nil)
            for tag in [reply.tag, "W/\(reply.tag)", "\"other\", \(reply.tag)", "*"] {
                let same = try await agent.get(path, with: [.ifNoneMatch: tag])
                #expect((same.status, same.text, same.tag) == (304, "", reply.tag))
            }
            _ = try await agent.send(.patch, path, ["label": "Work"])
            let changed = try await agent.get(path, with: [.ifNoneMatch: reply.tag])
            #expect((changed.status, changed["label"]) == (200, "Work"))
        }
    }

    @Test func `tells the tag without the rest`() async throws {
        try await Site.with { site in
            let agent = try await site.agent(.read)
            let tag = try await agent.get("/v1/me").tag
            try await site.client.execute(uri: "/v1/me", method: .head, headers: agent.headers) { response in
                #expect((response.status, response.headers[.eTag]) == (.ok, tag))
                #expect(response.body.readableBytes == 0)
            }
        }
    }

    @Test func `takes the tag of a setup for its revision`() async throws {
        try await Site.with { site in
            let agent = try await site.agent(.setup)
            let begun = try await agent.post("/v1/setups", ["connector": "acme"])
            let path = try "/v1/setups/\(#require(begun["setup"]?["id"]?.string))"
            #expect(try await agent.get(path).tag == begun.tag)
            let answer: JSON = ["fields": ["baseURL": site.tenant]]
            let reply = try await agent.post("\(path)/answer", answer, with: [.ifMatch: begun.tag])
            #expect(reply.status == 200)
            let same = try await agent.post("\(path)/answer", answer, with: [.ifMatch: begun.tag])
            #expect(same["setup"] == reply["setup"])
            let other: JSON = ["fields": ["baseURL": "https://other.example"]]
            let mixed: JSON = ["revision": 0, "fields": ["baseURL": site.tenant]]
            for (tag, body) in [
                (begun.tag, other), (reply.tag, mixed),
                ("\"nonsense\"", answer), ("*", answer), ("\(reply.tag), \(begun.tag)", answer),
            ] {
                let stale = try await agent.post("\(path)/answer", body, with: [.ifMatch: tag])
                #expect((stale.status, stale.code) == (412, "revision_stale"), "\(tag)")
            }
            #expect(try await agent.post("\(path)/back", with: [.ifMatch: reply.tag])["view"]?["kind"] == "form")
        }
    }

    @Test func `tells bytes apart by a fingerprint that others can compute`() {
        // From the authors' own examples of FNV-1a with 128 bits: the empty text, and “a”.
        #expect(Fingerprint(of: []).text == String(0x6c62_272e_07bb_0142_62b8_2175_6295_c58d as UInt128, radix: 36))
        #expect(
            Fingerprint(of: "a".utf8).text == String(0xd228_cb69_6f1a_8caf_7891_2b70_4e4a_8964 as UInt128, radix: 36))
    }
}
