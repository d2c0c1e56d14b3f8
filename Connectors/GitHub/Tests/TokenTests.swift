import Foundation
import HostileServer
import MaxConnector
import MaxCore
import Testing

@testable import GitHubConnector

struct TokenTests {
    private static let body = String(repeating: "aB3", count: 12)

    @Test(arguments: [
        ("github_pat_", "fine-grained token"), ("ghp_", "classic token"), ("gho_", "token of an OAuth app"),
        ("ghu_", "token of a GitHub app"), ("ghs_", "installation token of a GitHub app"),
    ])
    func `tells the kinds apart by their first letters`(prefix: String, name: String) throws {
        let token = prefix + Self.body
        #expect(TokenKind(token)?.name == name)
        #expect(try matches(token))
    }

    @Test(arguments: [
        "glpat-" + body, "xoxb-" + body, "sk-" + body, "ghp_short", "ghr_" + body, body, "ghp_" + body + " x",
        "ghp_ü" + body,
    ])
    func `refuses the token of another provider by its shape`(token: String) throws {
        #expect(try !matches(token))
    }

    @Test func `says what a token may do`() {
        #expect(TokenKind.fineGrained.permissions(granted: nil) == ["fine-grained token"])
        #expect(TokenKind.classic.permissions(granted: ["gist", "repo"]) == ["classic token", "gist", "repo"])
        #expect(TokenKind.classic.permissions(granted: [""]) == ["classic token", "no private repositories"])
    }

    @Test(arguments: [
        ("2026-02-01 12:00:00 UTC", "2026-02-01T12:00:00Z"), ("2026-02-01 12:00:00 -0800", "2026-02-01T20:00:00Z"),
    ])
    func `reads when a token ends`(text: String, moment: String) throws {
        #expect(TokenExpiry.date(text)?.ISO8601Format() == moment)
    }

    @Test(arguments: ["", "soon", "2026-02-01", "2026-02-01T12:00:00Z", "x y z"])
    func `takes what is no date for none`(text: String) {
        #expect(TokenExpiry.date(text) == nil)
    }

    @Test func `takes no number in a date for more than it can be`() {
        for text in HostileNumbers.variants(of: "2026-02-01 12:00:00 UTC") {
            let end = TokenExpiry.date(text)
            let told = Identity(id: "1", label: "octo", expiresAt: end).expiresAt?.ISO8601Format()
            #expect(told == nil || told?.utf8.count == 20, "\(text)")
        }
    }

    private func matches(_ token: String) throws -> Bool {
        let pattern = try #require(GitHubCredentials.token.pattern)
        return try Regex(pattern.expression).wholeMatch(in: token) != nil
    }
}

struct SiteTests {
    @Test(arguments: [
        ("https://api.github.com", "https://api.github.com", "https://github.com"),
        ("https://api.github.com/", "https://api.github.com", "https://github.com"),
        ("https://git.example.com", "https://git.example.com/api/v3", "https://git.example.com"),
        ("https://git.example.com:8443/", "https://git.example.com:8443/api/v3", "https://git.example.com:8443"),
        ("https://git.example.com/api/v3/", "https://git.example.com/api/v3", "https://git.example.com"),
        ("https://api.acme.ghe.com", "https://api.acme.ghe.com", "https://acme.ghe.com"),
    ])
    func `finds the API and the pages from what is typed`(typed: String, api: String, web: String) throws {
        let address = try #require(URL(string: typed))
        let site = GitHubSite(address)
        #expect(site.api.absoluteString == api)
        #expect(site.tokenPage.absoluteString == web + "/settings/personal-access-tokens/new")
        #expect(GitHubSite.problem(with: address) == nil)
    }

    @Test(arguments: [
        ("https://github.com", "https://api.github.com"), ("https://www.github.com/octo", "https://api.github.com"),
        ("https://acme.ghe.com", "https://api.acme.ghe.com"),
    ])
    func `names the API's address where that of the pages is typed`(typed: String, right: String) throws {
        let address = try #require(URL(string: typed))
        let problem = try #require(GitHubSite.problem(with: address))
        #expect(problem.field == "baseURL")
        #expect(problem.fix == .action("Enter \(right)."))
    }
}
