import SandboxKit

extension Plan {
    /// Works out every amount that follows from transactions and from what was assigned to categories.
    mutating func settle() {
        settleAccounts()
        let activity = activity()
        var available: [String: Int] = [:]
        var unassigned = 0
        let categories = rows(.categories).map(\.id)
        for month in rows(.months).sorted(by: { $0.id < $1.id }) {
            var (assigned, spent) = (0, 0)
            for category in categories {
                let id = Plan.id(of: category, in: month.id)
                let budgeted = row(.monthCategories, id)?.number("budgeted") ?? 0
                let moved = activity[id] ?? 0
                let isInflow = row(.categories, category)?.text("name") == Plan.inflow
                available[category] = isInflow ? 0 : (available[category] ?? 0) + budgeted + moved
                (assigned, spent) = (assigned + budgeted, spent + (isInflow ? 0 : moved))
                let amounts: [String: JSONValue] = [
                    "budgeted": .int(budgeted), "activity": .int(moved), "balance": .int(available[category] ?? 0),
                ]
                set(.monthCategories, id, named(category).merging(amounts) { $1 })
                if month.id == currentMonth { set(.categories, category, amounts) }
            }
            let income = income(in: month.id, activity)
            unassigned += income - assigned
            set(
                .months, month.id,
                [
                    "income": .int(income), "budgeted": .int(assigned), "activity": .int(spent),
                    "to_be_budgeted": .int(unassigned),
                ])
        }
    }

    /// The name of the category of money that nobody gave a purpose yet.
    static let inflow = "Inflow: Ready to Assign"

    /// The place of a category's amounts in a month.
    static func id(of category: String, in month: String) -> String { "\(month)/\(category)" }

    /// The newest month.
    var currentMonth: String? { rows(.months).map(\.id).max() }

    private func named(_ category: String) -> [String: JSONValue] {
        (row(.categories, category)?.fields ?? [:]).filter { !$0.key.hasPrefix("goal") }
    }

    private func income(in month: String, _ activity: [String: Int]) -> Int {
        rows(.categories).filter { $0.text("name") == Plan.inflow }
            .reduce(0) { $0 + (activity[Plan.id(of: $1.id, in: month)] ?? 0) }
    }

    private mutating func settleAccounts() {
        var cleared: [String: Int] = [:]
        var uncleared: [String: Int] = [:]
        for transaction in rows(.transactions) {
            guard let account = transaction.text("account_id") else { continue }
            if transaction.text("cleared") == "uncleared" {
                uncleared[account, default: 0] += transaction.number("amount")
            } else {
                cleared[account, default: 0] += transaction.number("amount")
            }
        }
        for account in rows(.accounts) {
            let (sure, open) = (cleared[account.id] ?? 0, uncleared[account.id] ?? 0)
            set(
                .accounts, account.id,
                ["balance": .int(sure + open), "cleared_balance": .int(sure), "uncleared_balance": .int(open)])
        }
    }

    /// What went through each category in each month, parts of split transactions included.
    private func activity() -> [String: Int] {
        var activity: [String: Int] = [:]
        func count(_ row: Row, on date: String?) {
            guard let category = row.text("category_id"), let date else { return }
            activity[Plan.id(of: category, in: date.prefix(7) + "-01"), default: 0] += row.number("amount")
        }
        for transaction in rows(.transactions) { count(transaction, on: transaction.text("date")) }
        for part in rows(.subtransactions) {
            count(part, on: part.text("transaction_id").flatMap { row(.transactions, $0)?.text("date") })
        }
        return activity
    }
}
