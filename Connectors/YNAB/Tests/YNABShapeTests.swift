import AnswerShapes
import Foundation
import MaxConnector
import MaxCore
import Testing
import YNABSandbox

@testable import YNABConnector

/// The double's answers have the fields that YNAB's have, each of the same kind.
@Suite(.serialized) struct YNABShapeTests {
    /// The lists of a budget with the shapes of what is in them.
    private static let lists = [
        "accounts": """
        id:t name:t type:t on_budget:b closed:b note:tn balance:w cleared_balance:w uncleared_balance:w \
        transfer_payee_id:tn direct_import_linked:b last_reconciled_at:tn deleted:b
        """,
        "payees": "id:t name:t transfer_account_id:tn deleted:b",
        "category_groups": "id:t name:t hidden:b deleted:b",
        "categories": """
        id:t category_group_id:t name:t hidden:b note:tn budgeted:w activity:w balance:w goal_type:tn deleted:b
        """,
        "months": """
        month:t note:tn income:w budgeted:w activity:w to_be_budgeted:w age_of_money:wn deleted:b categories:l
        """,
        "transactions": """
        id:t date:t amount:w memo:tn cleared:t approved:b flag_color:tn account_id:t payee_id:tn category_id:tn \
        transfer_account_id:tn transfer_transaction_id:tn matched_transaction_id:tn import_id:tn deleted:b
        """,
        "subtransactions": "id:t transaction_id:t amount:w memo:tn payee_id:tn category_id:tn deleted:b",
        "scheduled_transactions": """
        id:t date_first:t date_next:t frequency:t amount:w memo:tn flag_color:tn account_id:t payee_id:tn deleted:b
        """,
    ]

    @Test func `are the same`() async throws {
        try await YNABSandbox.serve(YNABSandboxOptions(seed: 3)) { provider in
            try await YNABHand.work(at: provider, token: provider.token) { hand in
                let client = hand.context.client
                func answer(_ path: String) async throws -> JSON {
                    let request = UpstreamRequest.get(client.baseURL / path).bearer(client.token)
                    return try await client.upstream.send(request, as: .user).decode()
                }
                #expect(try await answer("user")["data"]?["user"]?.misfits("id:t") == [])
                let budget = try await hand.budget
                let plan = try await answer("plans/\(budget)")
                #expect(plan["data"]?.misfits("server_knowledge:w plan:o") == [])
                for (name, shape) in Self.lists {
                    let list = try #require(plan["data"]?["plan"]?[name]?.array, "\(name)")
                    #expect(!list.isEmpty, "\(name)")
                    for found in list { #expect(found.misfits(shape) == [], "\(name)") }
                }
            }
        }
    }

    @Test func `of refusals are the same`() async throws {
        try await YNABSandbox.serve(YNABSandboxOptions(seed: 3)) { provider in
            try await YNABHand.work(at: provider, token: provider.token) { hand in
                let client = hand.context.client
                let request = UpstreamRequest.get(client.baseURL / "plans/none").bearer(client.token).accepting(404)
                let refusal: JSON = try await client.upstream.send(request, as: .user).decode()
                #expect(refusal["error"]?.misfits("id:t name:t detail:t") == [])
            }
        }
    }
}
