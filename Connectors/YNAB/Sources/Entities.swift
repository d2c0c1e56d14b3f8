import MaxConnector
import MaxCore

// A field is told by YNAB under the same name in snake case, a reference under that name and `_id`.
//
// An amount of money is two fields: the exact decimal that people read, such as `-12.34`, and the same as a whole number
// of milliunits, thousandths of the currency, to compare and add up without a rounding error.

/// A person's YNAB, from which everything is reached.
enum YNABRoot: Entity {
    static let definition = EntityDef("YNABRoot") {
        Field.collection("budgets", of: YNABBudget.self)
    }
}

/// A budget, which YNAB's own pages call a plan.
enum YNABBudget: Entity {
    static let definition = EntityDef("YNABBudget") {
        Field.string("name", .title)
        Field.string("currency", .optional)
        Field.date("firstMonth", .optional)
        Field.date("lastMonth", .optional)
        Field.date("lastModifiedOn", .optional)
        Field.collection("accounts", of: YNABAccount.self)
        Field.collection("payees", of: YNABPayee.self)
        Field.collection("categoryGroups", of: YNABCategoryGroup.self)
        Field.collection("categories", of: YNABCategory.self)
        Field.collection("months", of: YNABMonth.self)
        Field.collection("monthCategories", of: YNABMonthCategory.self)
        Field.collection("transactions", of: YNABTransaction.self)
        Field.collection("subtransactions", of: YNABSubtransaction.self)
        Field.collection("scheduledTransactions", of: YNABScheduledTransaction.self)
        Field.collection("scheduledSubtransactions", of: YNABScheduledSubtransaction.self)
    }
}

/// A bank account, card, loan or purse.
enum YNABAccount: YNABEntity {
    static let definition = EntityDef("YNABAccount") {
        Field.string("name", .title)
        Field.string("type", .indexed)
        Field.boolean("onBudget")
        Field.boolean("closed")
        Field.string("note", .text, .optional)
        Field.string("balance")
        Field.integer("balanceMilliunits")
        Field.string("clearedBalance")
        Field.integer("clearedBalanceMilliunits")
        Field.string("unclearedBalance")
        Field.integer("unclearedBalanceMilliunits")
        Field.date("lastReconciledAt", .optional)
        Field.boolean("directImportLinked", .optional)
        Field.ref("transferPayee", to: YNABPayee.self, .optional)
        Field.ref("budget", to: YNABBudget.self)
    }
    static let readings = definition.readings
}

/// Somebody who is paid or pays; also the other side of a transfer between two accounts.
enum YNABPayee: YNABEntity {
    static let definition = EntityDef("YNABPayee") {
        Field.string("name", .title)
        Field.ref("transferAccount", to: YNABAccount.self, .optional)
        Field.ref("budget", to: YNABBudget.self)
    }
    static let readings = definition.readings
}

/// A heading over categories.
enum YNABCategoryGroup: YNABEntity {
    static let definition = EntityDef("YNABCategoryGroup") {
        Field.string("name", .title)
        Field.boolean("hidden")
        Field.ref("budget", to: YNABBudget.self)
    }
    static let readings = definition.readings
}

/// What money is for; its amounts are those of the current month.
enum YNABCategory: YNABEntity {
    static let definition = EntityDef("YNABCategory") {
        Field.string("name", .title)
        Field.boolean("hidden")
        Field.string("note", .text, .optional)
        Field.string("budgeted")
        Field.integer("budgetedMilliunits")
        Field.string("activity")
        Field.integer("activityMilliunits")
        Field.string("balance")
        Field.integer("balanceMilliunits")
        Field.string("goalType", .optional)
        Field.string("goalTarget", .optional)
        Field.integer("goalTargetMilliunits", .optional)
        Field.date("goalTargetDate", .optional)
        Field.integer("goalPercentageComplete", .optional)
        Field.ref("categoryGroup", to: YNABCategoryGroup.self)
        Field.ref("budget", to: YNABBudget.self)
    }
    static let readings = definition.readings
}

/// One month of a budget.
enum YNABMonth: YNABEntity {
    static let definition = EntityDef("YNABMonth") {
        Field.date("month", .indexed)
        Field.string("note", .text, .optional)
        Field.string("income")
        Field.integer("incomeMilliunits")
        Field.string("budgeted")
        Field.integer("budgetedMilliunits")
        Field.string("activity")
        Field.integer("activityMilliunits")
        Field.string("toBeBudgeted")
        Field.integer("toBeBudgetedMilliunits")
        Field.integer("ageOfMoney", .optional)
        Field.ref("budget", to: YNABBudget.self)
    }
    static let readings = definition.readings
    static let key: ToldKey = "month"
}

/// What a category was given and what became of it in one month.
enum YNABMonthCategory: YNABEntity {
    static let definition = EntityDef("YNABMonthCategory") {
        Field.string("name", .title)
        Field.string("budgeted")
        Field.integer("budgetedMilliunits")
        Field.string("activity")
        Field.integer("activityMilliunits")
        Field.string("balance")
        Field.integer("balanceMilliunits")
        Field.ref("month", to: YNABMonth.self)
        Field.ref("category", to: YNABCategory.self)
        Field.ref("budget", to: YNABBudget.self)
    }
    static let readings = definition.readings
}
