import BareClient
import SandboxKit
import Testing

@testable import GitHubSandbox

@Suite struct EntityTagTests {
    @Test(arguments: ["user", "user/repos", "user/starred", "gists", "issues?filter=all&state=all"])
    func `answers a question whose answer is known with 304 and no body`(path: String) async throws {
        try await GitHubSandbox.serve { github in
            let probe = GitHubProbe(github)
            let first = try await probe.get(path)
            let tag = try #require(first.headers["etag"])
            for known in [tag, "W/" + tag, "\"other\", " + tag] {
                let again = try await probe.get(path, ["If-None-Match": known])
                #expect(again.status == 304)
                #expect(again.body.isEmpty)
                #expect(again.headers["etag"] == tag)
            }
            #expect(try await probe.get(path, ["If-None-Match": "\"other\""]).body == first.body)
        }
    }

    @Test func `has another tag after a change, at another page and for another token`() async throws {
        try await GitHubSandbox.serve { github in
            let probe = GitHubProbe(github)
            let path = try await "repos/\(probe.firstRepository())/issues"
            let tag = try #require(try await probe.get(path).headers["etag"])
            #expect(try await probe.get(path + "?page=2").headers["etag"] != tag)
            let stranger = GitHubProbe(github, token: github.secondToken)
            #expect(try await stranger.get(path, ["If-None-Match": tag]).status == 200)
            #expect(try await probe.post(path, #"{"title": "New"}"#).status == 201)
            let after = try await probe.get(path, ["If-None-Match": tag])
            #expect(after.status == 200)
            #expect(after.headers["etag"] != tag)
        }
    }
}
