import SandboxKit

/// A list of a budget; the raw value is its name in an answer.
enum Kind: String, Sendable, Codable, CaseIterable {
    case accounts
    case payees
    case categoryGroups = "category_groups"
    case categories
    case months
    /// The amounts of a category in a month; in an answer they are inside their month.
    case monthCategories = "month_categories"
    case transactions
    case subtransactions
    case scheduledTransactions = "scheduled_transactions"
    case scheduledSubtransactions = "scheduled_subtransactions"
}

/// One thing of a budget.
struct Row: Sendable, Hashable {
    let id: String
    var fields: [String: JSONValue]
    /// The knowledge of the server from which on it is as it is.
    var knowledge: Int
    var isDeleted = false

    /// A text field; nil for null and for what is none.
    func text(_ field: String) -> String? {
        if case .string(let text)? = fields[field] { text } else { nil }
    }

    /// A whole number; 0 for what is none.
    func number(_ field: String) -> Int {
        if case .int(let number)? = fields[field] { number } else { 0 }
    }

    /// The object in an answer.
    var json: JSONValue { .object(fields.merging(["deleted": .bool(isDeleted)]) { $1 }) }
}
