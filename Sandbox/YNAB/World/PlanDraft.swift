import SandboxKit

/// A budget under construction.
struct PlanDraft {
    private(set) var plan: Plan
    private var dice: Dice
    private var accounts: [String] = []
    private var transferPayees: [String: String] = [:]
    private var payees: [String] = []
    private var categories: [String] = []
    private var inflow = ""
    private var months: [String] = []

    init(seed: UInt64, index: Int, name: String, months: Int, transactions: Int) {
        dice = Dice(seed: seed, kind: 22, index)
        plan = Plan(id: dice.uuid(), name: name, currency: index % 3 == 1 ? "EUR" : "USD")
        addAccounts()
        addPayees()
        addCategories()
        addMonths(months)
        for number in 0..<transactions { addTransaction(number) }
        for number in 0..<4 { addScheduled(number) }
        plan.settle()
    }
}

// MARK: What a budget is made of

extension PlanDraft {
    private static let accounts = [
        ("Checking", "checking", true, false), ("Savings", "savings", true, false), ("Visa", "creditCard", true, false),
        ("Cash", "cash", true, false), ("Car loan", "autoLoan", false, false), ("Old bank", "checking", true, true),
    ]

    private mutating func addAccounts() {
        for (name, type, isOnBudget, isClosed) in Self.accounts {
            let (account, payee) = (dice.uuid(), dice.uuid())
            plan.set(
                .accounts, account,
                [
                    "id": .string(account), "name": .string(name), "type": .string(type),
                    "on_budget": .bool(isOnBudget), "closed": .bool(isClosed),
                    "note": isClosed ? "Moved to Checking in spring." : .null, "transfer_payee_id": .string(payee),
                    "direct_import_linked": .bool(type == "creditCard"), "direct_import_in_error": .bool(false),
                    "last_reconciled_at": type == "checking" ? .string(Timestamp.worldEpoch.text) : .null,
                    "debt_original_balance": .null,
                ])
            plan.set(
                .payees, payee,
                [
                    "id": .string(payee), "name": .string("Transfer : \(name)"),
                    "transfer_account_id": .string(account),
                ])
            accounts.append(account)
            transferPayees[account] = payee
        }
    }

    private mutating func addPayees() {
        let people = (0..<12).map { _ in
            "\(dice.pick(WordList.firstNames).name) \(dice.pick(WordList.lastNames).name)"
        }
        for name in WordList.customers + WordList.plants.map({ "\($0) Market" }) + people {
            let id = dice.uuid()
            plan.set(
                .payees, id, ["id": .string(id), "name": .string(name), "transfer_account_id": .null])
            payees.append(id)
        }
    }

    private static let categories = [
        ("Bills", ["Rent", "Electricity", "Internet", "Insurance"]),
        ("Everyday", ["Groceries", "Fuel & <fares>", "Café", "Pharmacy"]),
        ("Put by", ["Holiday 🌴", "New bicycle", "Emergencies"]), ("Fun", ["Books", "Kino", "音楽"]),
    ]

    private mutating func addCategories() {
        let hidden = addGroup("Internal Master Category", isInternal: true)
        inflow = addCategory(Plan.inflow, in: hidden, isInternal: true)
        for (group, names) in Self.categories {
            let id = addGroup(group, isInternal: false)
            for name in names { categories.append(addCategory(name, in: id, isInternal: false)) }
        }
    }

    private mutating func addGroup(_ name: String, isInternal: Bool) -> (id: String, name: String) {
        let id = dice.uuid()
        plan.set(
            .categoryGroups, id,
            [
                "id": .string(id), "name": .string(name), "hidden": .bool(isInternal), "internal": .bool(isInternal),
            ])
        return (id, name)
    }

    private mutating func addCategory(_ name: String, in group: (id: String, name: String), isInternal: Bool) -> String
    {
        let id = dice.uuid()
        let hasGoal = dice.onceIn(3) || categories.isEmpty && !isInternal
        plan.set(
            .categories, id,
            [
                "id": .string(id), "category_group_id": .string(group.id), "category_group_name": .string(group.name),
                "name": .string(name), "hidden": .bool(isInternal), "internal": .bool(isInternal), "note": .null,
                "original_category_group_id": .null, "goal_type": hasGoal ? "TBD" : .null,
                "goal_target": hasGoal ? .int(1_250_000) : .null,
                "goal_target_date": hasGoal ? "2026-12-31" : .null,
                "goal_percentage_complete": hasGoal ? .int(dice.below(101)) : .null,
            ])
        return id
    }

    private mutating func addMonths(_ count: Int) {
        for back in (0..<count).reversed() {
            let number = 2026 * 12 - back
            let month = "\(number / 12)-\(String(101 + number % 12).suffix(2))-01"
            plan.set(
                .months, month,
                ["month": .string(month), "note": .null, "age_of_money": back == 0 ? .null : .int(20 + dice.below(40))])
            months.append(month)
            for category in categories {
                plan.set(
                    .monthCategories, Plan.id(of: category, in: month), ["budgeted": .int(10_000 * dice.below(40))])
            }
        }
    }
}

// MARK: What happens in it

extension PlanDraft {
    /// The first one is split, every fifteenth a transfer, every ninth an income.
    private mutating func addTransaction(_ number: Int) {
        let account = accounts[dice.below(4)]
        var fields = transaction(in: account)
        let id = dice.uuid()
        switch number {
        case _ where number % 11 == 0: split(id, &fields)
        case _ where number % 15 == 1: return transfer(id, from: account, fields)
        case _ where number % 9 == 2:
            fields["amount"] = .int(10 * (1 + dice.below(400_000)))
            fields["category_id"] = .string(inflow)
        default: break
        }
        plan.set(.transactions, id, fields.merging(["id": .string(id)]) { $1 })
    }

    private mutating func transaction(in account: String) -> [String: JSONValue] {
        let amount = -10 * (1 + dice.below(30_000))
        let date = dice.pick(months).prefix(8) + String(101 + dice.below(28)).suffix(2)
        let isImported = dice.onceIn(4)
        return [
            "date": .string(String(date)), "amount": .int(amount),
            "memo": dice.onceIn(3) ? .string(dice.pick(WordList.sentences)) : .null,
            "cleared": .string(dice.pick(["cleared", "uncleared", "reconciled"])), "approved": .bool(!dice.onceIn(8)),
            "flag_color": .string(dice.pick(["", "", "red", "blue"])), "flag_name": .null,
            "account_id": .string(account), "payee_id": .string(dice.pick(payees)),
            "category_id": .string(dice.pick(categories)), "transfer_account_id": .null,
            "transfer_transaction_id": .null, "matched_transaction_id": .null,
            "import_id": isImported ? .string("YNAB:\(amount):\(date):1") : .null,
            "import_payee_name": isImported ? "SQ *CORNER SHOP" : .null,
            "import_payee_name_original": isImported ? "SQ *CORNER SHOP 0042 BERLIN" : .null,
            "debt_transaction_type": .null,
        ]
    }

    private mutating func split(_ id: String, _ fields: inout [String: JSONValue]) {
        fields["category_id"] = .null
        guard case .int(let amount)? = fields["amount"] else { return }
        let first = amount / 30 * 10
        for (share, memo) in [(first, JSONValue.string("Mine")), (amount - first, .null)] {
            let part = dice.uuid()
            plan.set(
                .subtransactions, part,
                [
                    "id": .string(part), "transaction_id": .string(id), "amount": .int(share), "memo": memo,
                    "payee_id": .null, "payee_name": .null, "category_id": .string(dice.pick(categories)),
                    "category_name": .null, "transfer_account_id": .null, "transfer_transaction_id": .null,
                ])
        }
    }

    private mutating func transfer(_ id: String, from account: String, _ fields: [String: JSONValue]) {
        let (other, target) = (dice.uuid(), accounts.first { $0 != account } ?? account)
        guard case .int(let amount)? = fields["amount"] else { return }
        for (id, other, account, target, amount) in [
            (id, other, account, target, amount), (other, id, target, account, -amount),
        ] {
            let side: [String: JSONValue] = [
                "id": .string(id), "account_id": .string(account), "amount": .int(amount), "category_id": .null,
                "payee_id": JSONValue(transferPayees[target]), "transfer_account_id": .string(target),
                "transfer_transaction_id": .string(other),
            ]
            plan.set(.transactions, id, fields.merging(side) { $1 })
        }
    }

    private mutating func addScheduled(_ number: Int) {
        let id = dice.uuid()
        plan.set(
            .scheduledTransactions, id,
            [
                "id": .string(id), "date_first": "2026-01-15", "date_next": .string("2026-0\(2 + number)-15"),
                "frequency": .string(dice.pick(["monthly", "weekly", "yearly", "everyOtherMonth"])),
                "amount": .int(-60_000), "memo": number == 1 ? "Don’t forget" : .null, "flag_color": "",
                "flag_name": .null, "account_id": .string(accounts[0]), "payee_id": .string(dice.pick(payees)),
                "category_id": number == 0 ? .null : .string(dice.pick(categories)), "transfer_account_id": .null,
            ])
        guard number == 0 else { return }
        for _ in 0..<2 {
            let part = dice.uuid()
            plan.set(
                .scheduledSubtransactions, part,
                [
                    "id": .string(part), "scheduled_transaction_id": .string(id), "amount": .int(-30_000),
                    "memo": .null, "payee_id": .null, "payee_name": .null,
                    "category_id": .string(dice.pick(categories)), "category_name": .null,
                    "transfer_account_id": .null,
                ])
        }
    }
}
