import Foundation
import MaxCore
import Testing
import YNABSandbox

@testable import MaxConnector
@testable import YNABConnector

@Suite struct YNABCollectionTests {
    @Test func `gathers every budget with what is in it`() async throws {
        try await withYNAB { hand, _ in
            let budgets = try await hand.context.client.budgets()
            #expect(Set(budgets.map(\.name)) == ["Household", "Workshop & garden"])
            for part in Export.Part.allCases {
                let records = try await hand.records(part, of: budgets[0].id)
                #expect(!records.isEmpty, "\(part)")
                #expect(Set(records.map(\.ref.entity)) == [part.entity.definition.name])
                #expect(Set(records.map { $0.fields["budget"] }) == [.string(budgets[0].id)])
            }
        }
    }

    @Test func `keeps amounts as they are, to the last thousandth`() async throws {
        try await withYNAB { hand, _ in
            let budget = try await hand.budget
            let account = try #require(try await hand.records(.accounts, of: budget).first?.ref.id)
            let since = try #require(try await hand.changes(of: budget).resume)
            // A double has no room for the last digit of this one.
            let amount: Int64 = 9_007_199_254_740_993
            _ = try await hand.add(
                ["account_id": .string(account), "date": "2026-01-07", "amount": .integer(amount)], to: budget)
            let told = try await hand.changes(of: budget, since: since).records
            let transaction = try #require(told.first { $0.ref.entity == "YNABTransaction" })
            #expect(transaction.fields["amountMilliunits"] == .integer(amount))
            #expect(transaction.fields["amount"] == "9007199254740.993")
        }
    }

    @Test func `what came through accounts is what they hold`() async throws {
        try await withYNAB { hand, _ in
            let budget = try await hand.budget
            var sums: [String: Int64] = [:]
            for transaction in try await hand.records(.transactions, of: budget) {
                sums[transaction.fields["account"]?.string ?? "", default: 0] +=
                    transaction.fields["amountMilliunits"]?.integer ?? 0
            }
            for account in try await hand.records(.accounts, of: budget) {
                #expect(account.fields["balanceMilliunits"] == .integer(sums[account.ref.id] ?? 0))
            }
        }
    }

    @Test func `pages through a long list without loss`() async throws {
        try await withYNAB(size: YNABSize(budgets: 1, months: 2, transactions: 2_300)) { hand, _ in
            let budget = try await hand.budget
            let records = try await hand.records(.transactions, of: budget)
            #expect(records.count >= 2_300)
            #expect(Set(records.map(\.ref)).count == records.count)
        }
    }

    @Test func `tells what was added, edited and deleted, and what follows from it`() async throws {
        try await withYNAB { hand, _ in
            let budget = try await hand.budget
            let since = try #require(try await hand.changes(of: budget).resume)
            let transactions = try await hand.records(.transactions, of: budget)
            let split = try #require(try await hand.records(.subtransactions, of: budget).first)
            let parent = try #require(split.fields["transaction"]?.string)
            let edited = try #require(
                transactions.first { $0.ref.id != parent && $0.fields["transferAccount"] == .null })
            try await hand.edit(edited.ref.id, of: budget, ["memo": "Rückgeld"])
            try await hand.delete(parent, of: budget)

            let page = try await hand.changes(of: budget, since: since)
            #expect(page.records.first { $0.ref == edited.ref }?.fields["memo"] == "Rückgeld")
            #expect(page.gone.contains(Ref(YNABTransaction.self, parent)))
            #expect(page.gone.contains(split.ref))
            #expect(page.records.contains { $0.ref.entity == "YNABAccount" })
            #expect(page.records.contains { $0.ref.entity == "YNABMonthCategory" })
            for record in page.records {
                #expect(page.links.contains { $0.child == record.ref && $0.parent == Ref(YNABBudget.self, budget) })
            }
            let later = try await hand.changes(of: budget, since: page.resume)
            #expect(later.records.isEmpty && later.gone.isEmpty && later.resume == page.resume)
        }
    }

    @Test func `tells the same of a record in the list and among the changes`() async throws {
        try await withYNAB { hand, _ in
            let budget = try await hand.budget
            let since = try #require(try await hand.changes(of: budget).resume)
            let transaction = try #require(try await hand.records(.transactions, of: budget).first)
            try await hand.edit(transaction.ref.id, of: budget, ["memo": "once more"])
            let told = try await hand.changes(of: budget, since: since).records
            for part in Export.Part.allCases {
                let listed = try await hand.records(part, of: budget)
                for record in told where record.ref.entity == part.entity.definition.name {
                    #expect(listed.contains(record), "\(record.ref)")
                }
            }
        }
    }

    @Test func `reads everything again of a budget that knows less than before`() async throws {
        try await withYNAB(fault: .forgetful) { hand, _ in
            let budget = try await hand.budget
            await #expect(throws: Problem.cursorExpired) { try await hand.changes(of: budget, since: "12") }
            await #expect(throws: Problem.cursorExpired) { try await hand.changes(of: budget, since: "no number") }
        }
    }

    @Test func `fetches a budget once for all its lists`() async throws {
        try await withYNAB(requestsPerHour: 2) { hand, _ in
            let budget = try await hand.budget
            _ = try await hand.changes(of: budget)
            for part in Export.Part.allCases { _ = try await hand.records(part, of: budget) }
        }
    }

    @Test func `fetches a budget once when all its lists ask at the same time`() async throws {
        try await withYNAB(requestsPerHour: 2) { hand, _ in
            let budget = try await hand.budget
            try await withThrowingTaskGroup(of: Void.self) { group in
                for part in Export.Part.allCases {
                    group.addTask {
                        let records = try await hand.records(part, of: budget)
                        #expect(!records.isEmpty, "\(part)")
                    }
                }
                try await group.waitForAll()
            }
        }
    }

    @Test func `plans from the root downwards, and is told every change`() async throws {
        try await withYNAB { hand, _ in
            let plan = ynabSeeder.plan(hand.context)
            #expect(plan.root == Ref(YNABRoot.self, "ynab"))
            #expect(plan.stages.map(\.field) == ["budgets"] + Export.Part.allCases.map(\.rawValue))
            #expect(plan.feeds.map(\.covers) == [Set(Export.Part.allCases.map { $0.entity.definition.name })])
        }
    }

    @Test func `names an account by its budgets, the newest first`() async throws {
        try await withYNAB { hand, _ in
            let budgets = try await hand.context.client.budgets()
            let (one, two) = (budgets[0], budgets[1])
            let id = "1f3a2b4c-0000-4000-8000-000000000000"
            #expect(YNABClient.label(of: id, []) == "YNAB user 1f3a2b4c")
            #expect(YNABClient.label(of: id, [one]) == one.name)
            #expect(YNABClient.label(of: id, [one, two]) == "\(one.name) and \(two.name)")
            #expect(YNABClient.label(of: id, [one, two, two]) == "\(one.name) and 2 more budgets")
        }
    }
}

/// Runs a sandbox and hands over somebody with a token of Dana's.
func withYNAB(
    size: YNABSize = .small, fault: YNABFault? = nil, requestsPerHour: Int = 200,
    _ body: (YNABHand, YNABAddress) async throws -> Void
) async throws {
    let options = YNABSandboxOptions(seed: 3, size: size, requestsPerHour: requestsPerHour)
    try await YNABSandbox.serve(options) { provider in
        let token = fault.map(provider.token) ?? provider.token
        try await YNABHand.work(at: provider, token: token) { hand in try await body(hand, provider) }
    }
}
