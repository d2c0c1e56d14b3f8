import BareClient
import SandboxKit
import Testing

@testable import GitHubSandbox

@Suite struct TokenTests {
    @Test func `tells what a token may do and when it ends, each kind in its own way`() async throws {
        try await GitHubSandbox.serve { github in
            let fineGrained = try await GitHubProbe(github).get("user")
            #expect(fineGrained.headers["x-oauth-scopes"] == nil)
            #expect(fineGrained.headers["github-authentication-token-expiration"]?.hasSuffix(" UTC") == true)
            let classic = try await GitHubProbe(github, token: github.classicToken).get("user")
            #expect(classic.headers["x-oauth-scopes"]?.contains("repo") == true)
            #expect(classic.headers["github-authentication-token-expiration"] == nil)
            #expect(try fineGrained.json == classic.json)
        }
    }

    @Test func `knows nobody without a token, or with one that nobody holds`() async throws {
        try await GitHubSandbox.serve { github in
            let nobody = try await BareClient(github.port, key: nil).send("GET", "/api/v3/user")
            #expect(nobody.status == 401)
            #expect(try nobody.message == "Requires authentication")
            let classic = "ghp_" + String(repeating: "z", count: 36)
            for token in ["acme_0123456789abcdef0123456789abcdef", classic, github.token + "unheard"] {
                let refused = try await GitHubProbe(github, token: token).get("user")
                #expect(refused.status == 401)
                #expect(try refused.message == "Bad credentials")
            }
        }
    }

    @Test func `counts the hour's requests of each token, and refuses those beyond as GitHub does`() async throws {
        try await GitHubSandbox.serve(GitHubSandboxOptions(requestsPerHour: 3)) { github in
            let probe = GitHubProbe(github)
            var left: [String?] = []
            for _ in 1...3 { left.append(try await probe.get("user").headers["x-ratelimit-remaining"]) }
            #expect(left == ["2", "1", "0"])
            let refused = try await probe.get("user")
            #expect(refused.status == 403)
            #expect(refused.headers["x-ratelimit-remaining"] == "0")
            let reset = try #require(refused.headers["x-ratelimit-reset"].flatMap { Int($0) })
            #expect((0...3_601).contains(reset - Timestamp.now().seconds))
            #expect(try refused.message.hasPrefix("API rate limit exceeded"))
            #expect(try await GitHubProbe(github, token: github.secondToken).get("user").status == 200)
        }
    }

    /// What a fault's answer has to be: its status, a part of its message, and a header with its value.
    struct Expected: Sendable {
        let status: Int
        let message: String
        var header: (name: String, value: String?)?
    }

    @Test(
        arguments: [
            (.unauthorized, Expected(status: 401, message: "Bad credentials")),
            (.forbidden, Expected(status: 403, message: "not accessible", header: ("x-ratelimit-remaining", "4999"))),
            (.singleSignOn, Expected(status: 403, message: "SAML enforcement")),
            (
                .rateLimited,
                Expected(status: 403, message: "API rate limit exceeded", header: ("x-ratelimit-remaining", "0"))
            ),
            (.secondaryLimit, Expected(status: 403, message: "secondary rate limit", header: ("retry-after", "1"))),
            (
                .silentSecondaryLimit,
                Expected(status: 403, message: "secondary rate limit", header: ("retry-after", nil))
            ),
            (.tooManyRequests, Expected(status: 429, message: "secondary rate limit", header: ("retry-after", "1"))),
            (
                .silentTooManyRequests,
                Expected(status: 429, message: "secondary rate limit", header: ("retry-after", nil))
            ),
            (.serverError, Expected(status: 500, message: "Server Error")),
            (.errorBody, Expected(status: 200, message: "Something went wrong")),
        ] as [(GitHubFault, Expected)])
    func `plays the fault that a token ends in, for both kinds`(fault: GitHubFault, expected: Expected) async throws {
        try await GitHubSandbox.serve { github in
            for token in [github.token(fault), github.classicToken(fault)] {
                let answer = try await GitHubProbe(github, token: token).get("user")
                #expect(answer.status == expected.status)
                #expect(try answer.message.contains(expected.message))
                if let (name, value) = expected.header { #expect(answer.headers[name] == value) }
            }
        }
    }

    @Test func `refuses a flapping token once at each address, and never says that nobody holds it`() async throws {
        try await GitHubSandbox.serve { github in
            let probe = GitHubProbe(github, token: github.token(.flaps))
            var statuses: [Int] = []
            for path in ["user", "user", "gists", "gists", "gists?page=2", "gists?page=2"] {
                statuses.append(try await probe.get(path).status)
            }
            #expect(statuses == [200, 200, 401, 200, 401, 200])
        }
    }
}
