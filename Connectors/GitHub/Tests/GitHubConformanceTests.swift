import GitHubSandbox
import MaxConnector
import MaxCore
import MaxTesting
import Testing

@testable import GitHubConnector

@Suite(.serialized) struct GitHubConformanceTests {
    static let suite = Conformance(of: github) { play in
        let options = GitHubSandboxOptions(
            seed: 7, size: GitHubSize(repositories: 3, issues: 40, comments: 30, stars: 4, gists: 2),
            slowness: .milliseconds(100))
        try await GitHubSandbox.serve(options) { provider in
            try await GitHubHand.work(at: provider, token: provider.token) { hand in
                try await play(script(for: provider, hand))
            }
        }
    }

    private static func script(for provider: GitHubAddress, _ hand: GitHubHand) -> ProviderScript {
        ProviderScript(
            answers: ["baseURL": .string(provider.url)], secret: "token",
            account: provider.token, another: provider.secondToken,
            faults: [
                .wrongSecret: "ghp_" + String(repeating: "Zz9", count: 12), .revoked: provider.token(.unauthorized),
                .scopeMissing: provider.token(.forbidden), .rateLimited: provider.token(.tooManyRequests),
                .silentlyRateLimited: provider.token(.silentTooManyRequests),
                .rateLimitedAsForbidden: provider.token(.rateLimited), .flapping: provider.token(.flaps),
                .errorBody: provider.token(.errorBody),
                .serverFault: provider.token(.serverError), .slow: provider.token(.slow), .hang: provider.token(.hang),
                .garbage: provider.token(.garbage), .html: provider.token(.html), .huge: provider.token(.huge),
            ], changes: hand.changes)
    }

    @Test(arguments: SetupCheck.allCases)
    func `connects as it should`(check: SetupCheck) async throws { try await Self.suite.run(check) }

    @Test(arguments: CollectionCheck.allCases)
    func `collects as it should`(check: CollectionCheck) async throws { try await Self.suite.run(check) }

    @Test func `earns the tier it claims`() async { #expect(await Self.suite.tier() == github.about.tier) }
}

extension GitHubHand {
    /// The changes that the suite has made.
    fileprivate var changes: ProviderChanges {
        ProviderChanges(
            add: { try await open("Ünexpected 🌱", in: repository()) },
            edit: { try await edit(1, in: repository(), ["title": "Renamed", "state": "closed"]) },
            delete: {
                let repository = try await repository()
                try await delete("repos/\(repository.fullName)")
                return repository.ref
            })
    }
}
