import MaxConnector
import MaxCore
import MaxTesting
import Testing
import YNABSandbox

@testable import YNABConnector

@Suite(.serialized) struct YNABConformanceTests {
    static let suite = Conformance(of: ynab) { play in
        let options = YNABSandboxOptions(
            seed: 7, size: YNABSize(budgets: 2, months: 2, transactions: 40), slowness: .milliseconds(100),
            requestsPerHour: 1_000_000)
        try await YNABSandbox.serve(options) { provider in
            try await YNABHand.work(at: provider, token: provider.token) { hand in
                try await play(script(for: provider, hand))
            }
        }
    }

    private static func script(for provider: YNABAddress, _ hand: YNABHand) -> ProviderScript {
        ProviderScript(
            answers: ["baseURL": .string(provider.url)], secret: "access_token",
            account: provider.token, another: provider.secondToken,
            faults: [
                .wrongSecret: "n0b0dy-h0lds-this-t0ken-0123456789-abcdefgh",
                .revoked: provider.token(.unauthorized), .scopeMissing: provider.token(.unauthorizedScope),
                .rateLimited: provider.token(.tooManyRequestsWithWait),
                .silentlyRateLimited: provider.token(.tooManyRequests),
                .rateLimitedAsForbidden: provider.token(.rateLimitedAsForbidden),
                .flapping: provider.token(.flapping), .errorBody: provider.token(.failureWithSuccess),
                .serverFault: provider.token(.serverError),
                .slow: provider.token(.slow), .hang: provider.token(.hang), .garbage: provider.token(.garbage),
                .html: provider.token(.html), .huge: provider.token(.huge),
            ], changes: hand.changes)
    }

    @Test(arguments: SetupCheck.allCases)
    func `connects as it should`(check: SetupCheck) async throws { try await Self.suite.run(check) }

    @Test(arguments: CollectionCheck.allCases)
    func `collects as it should`(check: CollectionCheck) async throws { try await Self.suite.run(check) }

    @Test func `earns the tier it claims`() async { #expect(await Self.suite.tier() == ynab.about.tier) }
}

extension YNABHand {
    /// What the suite has done at YNAB.
    fileprivate var changes: ProviderChanges {
        ProviderChanges {
            let budget = try await budget
            guard let account = try await records(.accounts, of: budget).first?.ref.id else { throw NothingThere() }
            let id = try await add(
                [
                    "account_id": .string(account), "date": "2026-01-06", "amount": -12_345,
                    "memo": "Buy “milk” 🥛",
                ], to: budget)
            return Record(
                YNABTransaction.self, id: id,
                [
                    "amount": "-12.345", "amountMilliunits": -12_345, "memo": "Buy “milk” 🥛", "payee": .null,
                    "account": .string(account), "date": "2026-01-06",
                ])
        } edit: {
            let budget = try await budget
            guard let payee = try await records(.payees, of: budget).first?.ref.id else { throw NothingThere() }
            try await rename(payee, of: budget, to: "O'Neil & Ærin")
            return Record(YNABPayee.self, id: payee, ["name": "O'Neil & Ærin"])
        } delete: {
            let budget = try await budget
            guard let gone = try await records(.transactions, of: budget).first?.ref else { throw NothingThere() }
            try await delete(gone.id, of: budget)
            return gone
        }
    }
}
