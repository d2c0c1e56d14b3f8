import Foundation
import MaxConnector
import MaxCore

extension YNABClient {
    /// What every answer is wrapped in: data, or what is wrong.
    struct Envelope<Content: Decodable>: Decodable {
        let data: Content?
        let error: YNABRefusal?
    }

    /// The content of a refusal.
    struct Nothing: Decodable {}

    /// The answer to whose token it is.
    struct Me: Decodable {
        let user: User

        /// The person; nothing else is told of them.
        struct User: Decodable { let id: String }
    }

    /// The answer that lists the budgets.
    struct Budgets: Decodable {
        let plans: [Budget]
    }

    /// A budget, without what is in it.
    struct Budget: Decodable {
        let id: String
        let name: String
        let lastModifiedOn: String?
        let firstMonth: String?
        let lastMonth: String?
        let currency: Currency?

        /// How the budget writes money.
        struct Currency: Decodable {
            let code: String
            enum CodingKeys: String, CodingKey { case code = "iso_code" }
        }

        enum CodingKeys: String, CodingKey {
            case id, name
            case lastModifiedOn = "last_modified_on"
            case firstMonth = "first_month"
            case lastMonth = "last_month"
            case currency = "currency_format"
        }

        var record: Record {
            Record(
                YNABBudget.self, id: id,
                [
                    "name": .string(name), "currency": JSON(currency?.code), "firstMonth": JSON(firstMonth),
                    "lastMonth": JSON(lastMonth), "lastModifiedOn": JSON(lastModifiedOn),
                ])
        }
    }

    /// The answer that lists a budget's accounts.
    struct Accounts: Decodable {
        let accounts: [Told<YNABAccount>]
    }

    /// The answer with everything in a budget, or with what changed in it.
    struct Contents: Decodable {
        let plan: Plan
        let knowledge: Int64

        enum CodingKeys: String, CodingKey {
            case plan
            case knowledge = "server_knowledge"
        }
    }

    /// What is in a budget; a list that is left out has nothing new.
    struct Plan: Decodable {
        let accounts: [Told<YNABAccount>]?
        let payees: [Told<YNABPayee>]?
        let categoryGroups: [Told<YNABCategoryGroup>]?
        let categories: [Told<YNABCategory>]?
        let months: [Month]?
        let transactions: [Told<YNABTransaction>]?
        let subtransactions: [Told<YNABSubtransaction>]?
        let scheduledTransactions: [Told<YNABScheduledTransaction>]?
        let scheduledSubtransactions: [Told<YNABScheduledSubtransaction>]?

        enum CodingKeys: String, CodingKey {
            case accounts, payees, categories, months, transactions, subtransactions
            case categoryGroups = "category_groups"
            case scheduledTransactions = "scheduled_transactions"
            case scheduledSubtransactions = "scheduled_subtransactions"
        }
    }

    /// A month with the amounts of its categories.
    struct Month: Decodable {
        let month: Told<YNABMonth>
        let categories: [Told<YNABMonthCategory>]

        enum CodingKeys: CodingKey { case categories }

        init(from decoder: any Decoder) throws {
            month = try Told(from: decoder)
            let container = try decoder.container(keyedBy: CodingKeys.self)
            categories = try container.decodeIfPresent([Told<YNABMonthCategory>].self, forKey: .categories) ?? []
        }
    }
}
