package import SandboxKit

/// How many of each thing a sandbox world begins with; the transactions are shared out among the budgets.
package struct YNABSize: SandboxSize, Hashable {
    package var budgets: Int
    package var months: Int
    package var transactions: Int

    package static let small = YNABSize(budgets: 2, months: 6, transactions: 240)
    package static let medium = YNABSize(budgets: 3, months: 36, transactions: 2_000)
    package static let large = YNABSize(budgets: 4, months: 60, transactions: 10_003)

    /// Clamps every count: 1…100 budgets, 1…240 months, up to 1,000,000 transactions.
    package init(budgets: Int = 1, months: Int = 3, transactions: Int = 60) {
        self.budgets = min(max(budgets, 1), 100)
        self.months = min(max(months, 1), 240)
        self.transactions = min(max(transactions, 0), 1_000_000)
    }

    /// Reads `small`, `medium`, `large` or counts such as `budgets=2,months=12,transactions=500`.
    ///
    /// What a list of counts leaves out is as in ``init(budgets:months:transactions:)``.
    package init(_ text: String) throws(SandboxError) {
        switch text {
        case "small": self = .small
        case "medium": self = .medium
        case "large": self = .large
        default: self = try YNABSize.counts(text)
        }
    }

    private static func counts(_ text: String) throws(SandboxError) -> YNABSize {
        var size = YNABSize()
        var seen: Set<Substring> = []
        for part in text.split(separator: ",", omittingEmptySubsequences: false) {
            let pair = part.split(separator: "=", maxSplits: 1)
            guard pair.count == 2, let count = Int(pair[1]), count >= 0, seen.insert(pair[0]).inserted
            else { throw unreadable(text) }
            switch pair[0] {
            case "budgets": size = YNABSize(budgets: count, months: size.months, transactions: size.transactions)
            case "months": size = YNABSize(budgets: size.budgets, months: count, transactions: size.transactions)
            case "transactions": size = YNABSize(budgets: size.budgets, months: size.months, transactions: count)
            default: throw unreadable(text)
            }
        }
        return size
    }

    private static func unreadable(_ text: String) -> SandboxError {
        .unreadableSize(text, example: "budgets=2,months=12,transactions=500")
    }
}

extension YNABSize: CustomStringConvertible {
    package var description: String { "budgets=\(budgets),months=\(months),transactions=\(transactions)" }
}
