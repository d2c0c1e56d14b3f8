import HTTPTypes
import HummingbirdTesting
import MaxAccess
import MaxHub
import NIOCore
import Testing

@testable import MaxServer

/// What a page of a stranger can have the owner's browser send (CSRF).
struct CrossSiteTests {
    private static let form = "application/x-www-form-urlencoded"

    private func post(
        _ client: any TestClientProtocol, _ uri: String, _ headers: [HTTPField.Name: String], _ body: String = ""
    ) async throws -> (status: Int, text: String) {
        var fields = HTTPFields()
        for (name, value) in headers { fields[name] = value }
        return try await client.execute(uri: uri, method: .post, headers: fields, body: ByteBuffer(string: body)) {
            ($0.status.code, String(buffer: $0.body))
        }
    }

    @Test func `takes an owner's form that carries the session's token`() async throws {
        try await Site.with { site in
            let owner = try await site.signIn()
            let token = site.access.csrfToken(of: owner.token)
            try await site.asking { client in
                let cookie = "max=\(owner.token.text)"
                let answer = try await post(
                    client, "/form", [.cookie: cookie, .contentType: Self.form], "a=1&csrf=\(token)&a=2")
                #expect(answer == (200, "a=1,a=2"))
                let other = try await post(client, "/change", [.cookie: cookie, .csrf: token])
                #expect(other == (200, "true"))
                try await client.execute(uri: "/csrf", method: .get, headers: [.cookie: cookie]) {
                    #expect(String(buffer: $0.body) == token)
                }
            }
        }
    }

    @Test(arguments: ["", "a=1", "csrf=", "csrf=AAAA", "a=1&csrf=other"])
    func `refuses an owner's form without the session's token, whatever the route does`(body: String) async throws {
        try await Site.with { site in
            let (former, owner) = (try await site.signIn(), try await site.signIn())
            let body = body.replacing("other", with: site.access.csrfToken(of: former.token))
            try await site.asking { client in
                for path in ["/form", "/open-form", "/change", "/ignore", "/nowhere"] {
                    let cookie = "max=\(owner.token.text)"
                    let answer = try await post(client, path, [.cookie: cookie, .contentType: Self.form], body)
                    #expect(answer.status == 403, "\(path)")
                    let plain = try await post(client, path, [.cookie: cookie, .contentType: "text/plain"], body)
                    #expect(plain.status == 403, "\(path)")
                }
            }
        }
    }

    @Test(arguments: [
        (HTTPField.Name.origin, "http://evil.test"), (.origin, "null"), (.origin, "http://localhost:8080"),
        (.origin, "https://localhost"), (.secFetchSite, "cross-site"), (.secFetchSite, "same-site"),
        (.secFetchSite, "strange"),
    ])
    func `refuses what another site's page sends, with the token and for agents too`(
        header: HTTPField.Name, value: String
    ) async throws {
        try await Site.with { site in
            let agent = try await site.admit([.manage])
            let owner = try await site.signIn()
            let token = site.access.csrfToken(of: owner.token)
            try await site.asking { client in
                let own: [HTTPField.Name: String] = [.cookie: "max=\(owner.token.text)", .csrf: token, header: value]
                #expect(try await post(client, "/change", own).status == 403)
                let agents: [HTTPField.Name: String] = [.authorization: "Bearer \(agent.token.text)", header: value]
                #expect(try await post(client, "/change", agents).status == 403)
                #expect(try await post(client, "/form", [.contentType: Self.form, header: value]).status == 403)
                try await client.execute(uri: "/me", method: .get, headers: [header: value]) {
                    #expect($0.status == .ok)
                }
            }
        }
    }

    @Test func `takes the form of somebody not signed in only with the browser's word that it is an own one`()
        async throws
    {
        try await Site.with { site in
            try await site.asking { client in
                #expect(try await post(client, "/form", [.contentType: Self.form], "a=1") == (403, "form_stale"))
                for (name, value) in [(HTTPField.Name.origin, "http://localhost"), (.secFetchSite, "same-origin")] {
                    let answer = try await post(client, "/form", [.contentType: Self.form, name: value], "a=1")
                    #expect(answer == (200, "a=1"))
                }
                #expect(try await post(client, "/open-form", [.contentType: Self.form], "a=1") == (200, "1"))
                let both = try await post(
                    client, "/form",
                    [.contentType: Self.form, .origin: "http://localhost", .secFetchSite: "cross-site"])
                #expect(both.status == 403)
                #expect(try await post(client, "/form", [.contentType: "application/json"], "{}").status == 415)
            }
        }
    }

    @Test func `takes an agent's change without any token but its own`() async throws {
        try await Site.with { site in
            let agent = try await site.admit([.manage])
            try await site.asking { client in
                let answer = try await post(client, "/change", [.authorization: "Bearer \(agent.token.text)"])
                #expect(answer == (200, "false"))
            }
        }
    }
}
