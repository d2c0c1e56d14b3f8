import AcmeSandbox
import MaxConnector
import MaxCore
import MaxTesting
import Testing

@testable import AcmeConnector

@Suite(.serialized) struct AcmeConformanceTests {
    static let suite = Conformance(of: acme) { play in
        try await AcmeSandbox.serve(AcmeSandboxOptions(seed: 7, slowness: .milliseconds(100))) { provider in
            try await AcmeHand.work(at: provider, key: provider.key, in: { $0.first }) { hand in
                try await play(script(for: provider, hand))
            }
        }
    }

    private static func script(for provider: AcmeAddress, _ hand: AcmeHand) -> ProviderScript {
        ProviderScript(
            answers: ["baseURL": .string(provider.url)], secret: "api_token",
            account: provider.key, another: provider.secondKey,
            faults: [
                .wrongSecret: "acme_0123456789abcdef0123456789abcdef", .revoked: provider.key(.unauthorized),
                .scopeMissing: provider.key(.forbidden), .rateLimited: provider.key(.tooManyRequests),
                .silentlyRateLimited: provider.key(.silentTooManyRequests),
                .rateLimitedAsForbidden: provider.key(.rateLimitedAsForbidden),
                .flapping: provider.key(.flapping), .errorBody: provider.key(.errorWithSuccess),
                .serverFault: provider.key(.serverError), .slow: provider.key(.slow), .hang: provider.key(.hang),
                .garbage: provider.key(.garbage), .html: provider.key(.html), .huge: provider.key(.huge),
            ], changes: hand.changes)
    }

    @Test(arguments: SetupCheck.allCases)
    func `connects as it should`(check: SetupCheck) async throws { try await Self.suite.run(check) }

    @Test(arguments: CollectionCheck.allCases)
    func `collects as it should`(check: CollectionCheck) async throws { try await Self.suite.run(check) }

    @Test func `earns the tier it claims`() async { #expect(await Self.suite.tier() == acme.about.tier) }
}

extension AcmeHand {
    /// What the suite has done at Acme.
    fileprivate var changes: ProviderChanges {
        ProviderChanges {
            let project = try await first(in: context.workspaceID, by: AcmeLoaders.projects)
            let id = try await add("projects/\(project.id)/tasks", ["title": "Buy “milk” 🥛", "estimate": 3])
            return Record(
                AcmeTask.self, id: id,
                ["title": "Buy “milk” 🥛", "estimate": 3, "dueDate": .null, "project": .string(project.id)])
        } edit: {
            let person = try await first(in: context.workspaceID, by: AcmeLoaders.people)
            try await edit(person, ["name": "Ærin O'Neil", "email": "aerin@acme.test"])
            return Record(AcmeUser.self, id: person.id, ["name": "Ærin O'Neil", "email": "aerin@acme.test"])
        } delete: {
            let project = try await first(in: context.workspaceID, by: AcmeLoaders.projects)
            try await delete(project)
            return project
        }
    }

    private func first(in parent: String, by loader: Loader<AcmeContext>) async throws -> Ref {
        guard let record = try await children(of: parent, by: loader).first else { throw NothingThere() }
        return record.ref
    }
}
