import MaxConnector
import MaxCore
import Testing
import YNABSandbox

@testable import YNABConnector

@Suite struct YNABRefusalTests {
    /// What a refusal has to come to.
    struct Expected: Sendable {
        let code: String
        let kind: Problem.Kind
        let sentence: String
    }

    @Test(
        arguments: [
            (.unauthorized, Expected(code: "credential_refused", kind: .auth, sentence: "YNAB rejected this personal")),
            (
                .errorWithSuccess,
                Expected(code: "credential_refused", kind: .auth, sentence: "YNAB rejected this personal")
            ),
            (
                .unauthorizedScope,
                Expected(code: "scope_missing", kind: .auth, sentence: "may not read what is collected")
            ),
            (
                .subscriptionLapsed,
                Expected(
                    code: "subscription_lapsed", kind: .permanent, sentence: "subscription of this account has lapsed")
            ),
            (
                .trialExpired,
                Expected(code: "subscription_lapsed", kind: .permanent, sentence: "trial of this account is")
            ),
            (.tooManyRequests, Expected(code: "rate_limited", kind: .retryable, sentence: "200 requests an hour")),
            (.serverError, Expected(code: "provider_failed", kind: .retryable, sentence: "a fault of its own")),
            (
                .unavailable,
                Expected(code: "provider_failed", kind: .retryable, sentence: "overloaded or under maintenance")
            ),
            (
                .html,
                Expected(code: "answer_not_understood", kind: .permanent, sentence: "with a web page instead of data")
            ),
        ] as [(YNABFault, Expected)])
    func `is told in YNAB's name, with what helps`(fault: YNABFault, expected: Expected) async throws {
        try await withYNAB(fault: fault) { hand, _ in
            let problem = await #expect(throws: Problem.self) { try await hand.context.client.user() }
            #expect(problem?.code == expected.code)
            #expect(problem?.kind == expected.kind)
            #expect(problem?.sentence?.contains(expected.sentence) == true, "\(problem?.sentence ?? "")")
        }
    }

    @Test func `a token that is refused now and then is not taken for a revoked one`() async throws {
        try await withYNAB(fault: .flapping) { hand, _ in
            let client = hand.context.client
            _ = try await client.user()
            let problem = await #expect(throws: Problem.self) { try await client.budgets() }
            #expect(problem?.kind == .retryable)
            #expect(problem?.sentence?.contains("YNAB") == true)
        }
    }

    @Test func `a token that was revoked meanwhile is`() async throws {
        try await withYNAB(fault: .revokedAfterThree) { hand, _ in
            let client = hand.context.client
            for _ in 0..<3 { _ = try await client.user() }
            let problem = await #expect(throws: Problem.self) { try await client.budgets() }
            #expect(problem?.kind == .auth)
        }
    }

    @Test func `a budget that is not there is one that is gone`() async throws {
        try await withYNAB { hand, _ in
            let problem = await #expect(throws: Problem.self) {
                try await hand.context.client.export(of: "00000000-0000-4000-8000-000000000000")
            }
            #expect(problem?.isAbsence == true)
        }
    }

    @Test func `the hour's last request is the last`() async throws {
        try await withYNAB(requestsPerHour: 2) { hand, _ in
            for _ in 0..<2 { _ = try await hand.context.client.user() }
            let problem = await #expect(throws: Problem.self) { try await hand.context.client.user() }
            #expect(problem?.code == "rate_limited")
            #expect(problem?.retryAfter == nil)
        }
    }

    @Test(arguments: [
        "correct horse battery staple", "ghp_0123456789abcdefghijklmnopqrstuvwxyz", "abcd efgh ijkl mnop",
        "acme_0123456789abcdef0123456789abcdef", "dana@example.com", "Bearer n0b0dy-h0lds-this-t0ken-0123456789-abcd",
    ])
    func `another provider's secret is none of YNAB's`(secret: String) {
        #expect(YNABCredentials.token.pattern?.matches(secret) == false)
    }
}
