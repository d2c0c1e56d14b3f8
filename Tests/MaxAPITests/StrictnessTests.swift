import HTTPTypes
import MaxCore
import MaxHub
import Testing

@testable import MaxAPI

/// What is not understood is refused, with what may have been meant.
struct StrictnessTests {
    @Test func `names the parameter that was meant`() async throws {
        try await Site.with { site in
            let reply = try await site.agent(.read).get("/v1/runs?limmit=3")
            #expect((reply.status, reply.code) == (400, "parameter_unknown"))
            #expect(reply["fix"] == "Did you mean limit?")
        }
    }

    @Test(arguments: [
        "limit=0", "limit=1001", "limit=ten", "limit=+1", "limit=1&limit=2", "limit=%ff", "after=%zz", "x",
        "after=bm90aGluZw",
    ])
    func `refuses a query that cannot be meant`(query: String) async throws {
        try await Site.with { site in
            let reply = try await site.agent(.read).get("/v1/connections?\(query)")
            #expect(reply.status == 400)
        }
    }

    @Test func `takes every route's parameters and no others`() async throws {
        try await Site.with { site in
            let owner = try await site.owner()
            for route in RouteTable.routes where route.method == .get {
                #expect(
                    try await owner.get("\(route.somePath)?stranger=1").code == "parameter_unknown", "\(route.name)")
            }
        }
    }

    @Test(arguments: [
        (#"{"conector": "acme"}"#, "body_unfit", "Did you mean connector?"),
        (#"{"connector": 7}"#, "body_unfit", nil), (#"{"connector": "acme", "reconnect": "x"}"#, "body_unfit", nil),
        (#"{}"#, "body_unfit", nil), (#"[]"#, "body_unfit", nil), ("{", "json_invalid", nil),
        ("", "json_invalid", nil), (String(repeating: "[", count: 33), "json_invalid", nil),
        (#"{"connector": "nothing"}"#, "connector_unknown", nil),
    ])
    func `refuses a body that is not the one asked for`(body: String, code: String, fix: String?) async throws {
        try await Site.with { site in
            let reply = try await site.agent(.setup).send(
                .post, "/v1/setups", text: body, mediaType: "application/json")
            #expect(reply.code == code)
            if let fix { #expect(reply["fix"]?.string == fix) }
        }
    }

    @Test(arguments: [
        (#"{"connector": "acme", "connector": "other"}"#, "connector"),
        (#"{"connector": "acme", "connect\u006fr": "acme"}"#, "connector"),
        (#"{"a": [1, {"b": "{}", "c": [], "b": null}]}"#, "a.1.b"), (#"[{"a": "\"", "": 1, "": 2}]"#, "0."),
    ])
    func `refuses a body that says something twice, and says where`(body: String, place: String) async throws {
        try await Site.with { site in
            let reply = try await site.agent(.setup).send(
                .post, "/v1/setups", text: body, mediaType: "application/json")
            #expect((reply.status, reply.code) == (400, "member_twice"))
            #expect(reply["field"]?.string == place)
        }
    }

    @Test(arguments: [
        #"{"a": {"b": 1}, "b": {"b": 1, "c": {"b": ["b", "b"]}}}"#, #"{"a": "\"a\": 1", "b": "a\\"}"#,
        "[[], {}, 1, \"x\", true]",
        " {\"a\" :\n1 , \"b\": -1.5e3}\n", "7", "\"a\"",
    ])
    func `takes a body that says each thing once`(body: String) {
        #expect(RepeatedMember.place(in: Array(body.utf8)) == nil)
    }

    @Test func `refuses a body that does not say that it is JSON`() async throws {
        try await Site.with { site in
            let agent = try await site.agent(.setup)
            let others = [
                "text/plain", "application/json; charset=latin1", "multipart/form-data",
                "application/x-www-form-urlencoded",
            ]
            for mediaType in others {
                let reply = try await agent.send(.post, "/v1/setups", text: "{}", mediaType: mediaType)
                #expect((reply.status, reply.code) == (415, "json_expected"))
            }
        }
    }

    @Test func `refuses a body that is too large`() async throws {
        try await Site.with { site in
            let body = #"{"connector": "\#(String(repeating: "a", count: 300_000))"}"#
            let reply = try await site.agent(.setup).send(
                .post, "/v1/setups", text: body, mediaType: "application/json")
            #expect((reply.status, reply.code) == (413, "body_too_large"))
        }
    }
}
