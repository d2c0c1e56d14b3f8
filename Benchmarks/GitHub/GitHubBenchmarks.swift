internal import Foundation
internal import GitHubSandbox

extension Benchmark {
    private static let issues = 5_000

    /// One repository of 5,000 issues at the double of GitHub, collected by the built program from the start of its
    /// process to its end.
    static let collectingFromGitHub = [
        Benchmark("first sync of 5,000 issues", beside: "their pages read alone", target: .pace(10_000)) {
            try await serving { github in
                let pages = GitHubPages(github)
                return try await .firstSyncs(of: pages, amount: issues) { _ in try await time { try await pages.read() }
                }
            }
        },
        Benchmark("… beside another program", beside: "dlt into SQLite", target: .rate(5)) {
            let peer = try await GitHubPeer()
            return try await serving { github in
                try await .firstSyncs(of: GitHubPages(github), amount: issues) {
                    try await peer.store(issuesOf: github, in: $0)
                }
            }
        },
        Benchmark("GitHub with nothing changed", beside: "max ls", target: .median(.milliseconds(100)), requests: 3) {
            try await serving { github in try await .idleSyncs(of: GitHubPages(github)) }
        },
    ]

    private static func serving<Value>(_ body: (GitHubAddress) async throws -> Value) async throws -> Value {
        let size = GitHubSize(repositories: 1, issues: issues)
        return try await GitHubSandbox.serve(GitHubSandboxOptions(size: size, requestsPerHour: 1_000_000), body)
    }
}

extension GitHubPages: CollectedAccount {
    static var connector: String { "github" }
    var url: String { github.url }
    var host: String { github.host }
    var secret: (name: String, text: String) { ("token", github.token) }
}
