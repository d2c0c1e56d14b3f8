import HTTPTypes
import MaxAccess
import MaxCore
import MaxHub
import Testing

@testable import MaxConsole

/// What the console refuses.
@Suite struct BoundaryTests {
    @Test(arguments: [
        "/signout", "/add/acme", "/setups/set_x", "/connections/x/sync", "/connections/x/erase", "/runs/run_x/cancel",
        "/access/agents/x/revoke", "/access/places/x/revoke", "/device", "/link/x",
    ])
    func `refuses a change without the session's proof`(path: String) async throws {
        try await ConsoleHost.open { host in
            try await host.welcome()
            let forged = try await host.post(path, [:], csrf: "AAAA")
            #expect(forged.status == .forbidden)
            #expect(forged.headers[.contentType]?.hasPrefix("text/html") == true)
            host.cookie = nil
            #expect(try await host.post(path, [:]).location == "/signin")
        }
    }

    @Test(arguments: ["//evil.example", "https://evil.example", "/\\evil.example", "javascript:alert(1)", "/a b"])
    func `stays on this server after signing in`(next: String) {
        #expect(ConsolePath.inside(next) == "/")
    }

    @Test func `lets a browser that is signed in choose another passphrase by a new link`() async throws {
        try await ConsoleHost.open { host in
            try await host.welcome()
            let link = "/welcome/\(try await host.access.makeWelcomeLink().text)"
            let page = try await host.get(link)
            #expect(page.text.contains("name=\"csrf\""))
            let chosen = ["passphrase": "quite another long text", "again": "quite another long text"]
            #expect(try await host.post(link, chosen).location == "/")
        }
    }

    @Test func `leads on from a sign-in page that was left open while another window signed in`() async throws {
        try await ConsoleHost.open { host in
            try await host.welcome()
            let late = try await host.post("/signin", ["passphrase": ConsoleHost.passphrase, "csrf": ""])
            #expect(late.location == "/")
        }
    }

    @Test func `says how long whoever guesses has to wait`() async throws {
        try await ConsoleHost.open { host in
            try await host.welcome()
            host.cookie = nil
            var answer = try await host.post("/signin", ["passphrase": "a guess"])
            for _ in 1...5 { answer = try await host.post("/signin", ["passphrase": "another guess"]) }
            #expect(answer.status == .tooManyRequests)
            #expect(answer.headers[.retryAfter].flatMap { Int($0) } ?? 0 > 0)
        }
    }

    @Test func `reads an address as a browser writes it`() async throws {
        try await ConsoleHost.open { host in
            try await host.welcome()
            #expect(try await host.get("/add?x=1&q=two+words%21").text.contains("value=\"two words!\""))
            #expect(try await host.get("/add?q=%FF").status == .ok)
        }
    }

    @Test func `keeps a line that was mistyped until it is mended`() async throws {
        try await ConsoleHost.open { host in
            try await host.welcome()
            let setup = try await host.begin()
            let again = try await host.answer(setup, ["baseURL": "my <acme>"])
            #expect(again.text.contains("value=\"my &lt;acme&gt;\""))
            #expect(again.text.contains("role=\"alert\""))
            try await host.answer(setup, ["baseURL": "https://one.acme.test"])
            let key = try await host.answer(setup, ["api_token": "sk_live_planted"])
            #expect(!key.text.contains("sk_live_planted"))
        }
    }

    @Test func `tells of what is missing on a page that names the request`() async throws {
        try await ConsoleHost.open { host in
            try await host.welcome()
            for path in ["/nothing", "/connections/none", "/runs/run_none", "/add/%FF", "/connections/x/records/Y/1"] {
                let answer = try await host.get(path)
                #expect(answer.text.contains("There is nothing here") || path == "/add/%FF", "\(path)")
                #expect(answer.text.contains("req_"), "\(path)")
            }
        }
    }

    @Test func `uses the first link once`() async throws {
        try await ConsoleHost.open { host in
            let token = try await host.access.makeWelcomeLink().text
            let short = try await host.post("/welcome/\(token)", ["passphrase": "short", "again": "short"])
            #expect(short.status == .unprocessableContent)
            #expect(short.text.contains("12 characters"))
            let unequal = try await host.post("/welcome/\(token)", ["passphrase": "one long text", "again": "another"])
            #expect(unequal.status == .unprocessableContent)
            let chosen = ["passphrase": ConsoleHost.passphrase, "again": ConsoleHost.passphrase]
            #expect(try await host.post("/welcome/\(token)", chosen).location == "/")
            #expect(try await host.get("/welcome/\(token)").status == .gone)
            #expect(try await host.post("/welcome/\(token)", chosen).status == .gone)
        }
    }
}
