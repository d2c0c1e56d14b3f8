import AcmeConnector
import AcmeSandbox
import MaxConnector
import MaxCore
import MaxTesting
import Testing

@Suite struct AcmeConformanceTests {
    static let suite = SetupConformance(of: acme) { play in
        try await AcmeSandbox.serve(AcmeSandboxOptions(seed: 7, slowness: .milliseconds(100))) { provider in
            try await play(
                ProviderScript(
                    answers: ["baseURL": .string(provider.url)], secret: "api_token",
                    account: provider.key, another: provider.secondKey,
                    faults: [
                        .wrongSecret: "acme_0123456789abcdef0123456789abcdef", .revoked: provider.key(.unauthorized),
                        .scopeMissing: provider.key(.forbidden), .rateLimited: provider.key(.tooManyRequests),
                        .serverFault: provider.key(.serverError), .slow: provider.key(.slow),
                        .hang: provider.key(.hang), .garbage: provider.key(.garbage), .html: provider.key(.html),
                        .huge: provider.key(.huge),
                    ]))
        }
    }

    @Test(arguments: SetupCheck.allCases)
    func `keeps its promises`(check: SetupCheck) async throws { try await Self.suite.run(check) }

    @Test func `earns the tier it claims`() async { #expect(await Self.suite.tier() == acme.about.tier) }
}
