import MaxConnector
import MaxCore

/// What is in a budget, or what changed in it, as news of its lists.
struct Export: Sendable {
    /// The place from which on YNAB tells what changes.
    let knowledge: Int64
    private(set) var news: [Part: [News]]

    /// One of the lists of a budget, in an order in which each leads to earlier ones only, as far as that can be.
    enum Part: String, CaseIterable {
        case accounts, payees, categoryGroups, categories, months, monthCategories
        case transactions, subtransactions, scheduledTransactions, scheduledSubtransactions

        var entity: any Entity.Type {
            switch self {
            case .accounts: YNABAccount.self
            case .payees: YNABPayee.self
            case .categoryGroups: YNABCategoryGroup.self
            case .categories: YNABCategory.self
            case .months: YNABMonth.self
            case .monthCategories: YNABMonthCategory.self
            case .transactions: YNABTransaction.self
            case .subtransactions: YNABSubtransaction.self
            case .scheduledTransactions: YNABScheduledTransaction.self
            case .scheduledSubtransactions: YNABScheduledSubtransaction.self
            }
        }

        /// What people read while the list is collected.
        var title: String {
            switch self {
            case .accounts: "Collecting accounts"
            case .payees: "Collecting payees"
            case .categoryGroups: "Collecting groups of categories"
            case .categories: "Collecting categories"
            case .months: "Collecting months"
            case .monthCategories: "Collecting the categories of each month"
            case .transactions: "Collecting transactions"
            case .subtransactions: "Collecting the parts of split transactions"
            case .scheduledTransactions: "Collecting scheduled transactions"
            case .scheduledSubtransactions: "Collecting the parts of scheduled transactions"
            }
        }
    }

    init(_ contents: YNABClient.Contents, of budget: String) {
        let plan = contents.plan
        knowledge = contents.knowledge
        news = [
            .accounts: plan.accounts.news(of: budget), .payees: plan.payees.news(of: budget),
            .categoryGroups: plan.categoryGroups.news(of: budget), .categories: plan.categories.news(of: budget),
            .months: plan.months?.map { $0.news(of: budget) } ?? [],
            .monthCategories: plan.months?.flatMap { $0.categoryNews(of: budget) } ?? [],
            .transactions: plan.transactions.news(of: budget),
            .subtransactions: plan.subtransactions.news(of: budget),
            .scheduledTransactions: plan.scheduledTransactions.news(of: budget),
            .scheduledSubtransactions: plan.scheduledSubtransactions.news(of: budget),
        ]
    }
}

extension Export {
    /// The records of a list, in the order of their ids.
    func records(of part: Part) -> [Record] {
        (news[part] ?? []).compactMap { if case .present(let record) = $0 { record } else { nil } }
            .sorted { $0.ref.id < $1.ref.id }
    }

    /// Everything as a page of changes of a budget, from which it goes on later.
    func page(of budget: String) -> SourcePage {
        var page = SourcePage(records: [], resume: String(knowledge))
        for part in Part.allCases {
            for item in news[part] ?? [] {
                switch item {
                case .present(let record):
                    page.records.append(record)
                    page.links.append(.init(Ref(YNABBudget.self, budget), part.rawValue, record.ref))
                case .gone(let ref): page.gone.append(ref)
                }
            }
        }
        return page
    }
}

extension Optional {
    fileprivate func news<Kind>(of budget: String) -> [News] where Wrapped == [Told<Kind>] {
        self?.map { $0.news(of: budget) } ?? []
    }
}

extension YNABClient.Month {
    fileprivate func id(in budget: String) -> String { "\(budget)/\(month.key)" }

    fileprivate func news(of budget: String) -> News { month.news(of: budget, id: id(in: budget)) }

    fileprivate func categoryNews(of budget: String) -> [News] {
        let month = id(in: budget)
        return categories.map {
            $0.news(of: budget, id: "\(month)/\($0.key)", ["month": .string(month), "category": .string($0.key)])
        }
    }
}
