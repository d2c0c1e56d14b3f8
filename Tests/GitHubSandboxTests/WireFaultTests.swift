import BareClient
import SandboxKit
import Testing

@testable import GitHubSandbox

@Suite struct WireFaultTests {
    @Test(arguments: [GitHubFault.huge, .gzipBomb])
    func `goes on for longer than anybody reads`(fault: GitHubFault) async throws {
        try await GitHubSandbox.serve { github in
            let answer = try await GitHubProbe(github, token: github.token(fault)).get("user", most: 1 << 20)
            #expect(answer.status == 200)
            #expect(answer.body.count > 1 << 19)
        }
    }

    @Test func `never ends its headers`() async throws {
        try await GitHubSandbox.serve { github in
            _ = await #expect(throws: Answer.HeadMissing.self) {
                try await GitHubProbe(github, token: github.token(.endlessHeaders)).get("user", most: 1 << 18)
            }
        }
    }

    @Test(arguments: [GitHubFault.huge, .gzipBomb, .endlessHeaders, .hang])
    func `answers others while one takes what does not end`(fault: GitHubFault) async throws {
        try await GitHubSandbox.serve { github in
            let flooded = GitHubProbe(github, token: github.token(fault)).client
            let statuses = try await flooded.whileTaking("/api/v3/user") {
                var statuses: [Int] = []
                for _ in 1...5 { statuses.append(try await GitHubProbe(github).get("user").status) }
                return statuses
            }
            #expect(statuses == [200, 200, 200, 200, 200])
        }
    }

    @Test func `shows the page of a portal, and bytes that are no JSON under its name`() async throws {
        try await GitHubSandbox.serve { github in
            let page = try await GitHubProbe(github, token: github.token(.html)).get("user")
            #expect(page.headers["content-type"]?.hasPrefix("text/html") == true)
            let garbage = try await GitHubProbe(github, token: github.token(.garbage)).get("user")
            #expect(garbage.headers["content-type"]?.hasPrefix("application/json") == true)
            #expect(throws: (any Error).self) { try garbage.json }
            let moved = try await GitHubProbe(github, token: github.token(.redirect)).get("user")
            #expect(moved.status == 302)
            #expect(moved.headers["location"] == "http://localhost:\(github.port)/api/v3/user")
        }
    }
}
