import MaxConnector
import MaxCore

/// Money that went into or out of an account.
enum YNABTransaction: YNABEntity {
    static let definition = EntityDef("YNABTransaction") {
        Field.date("date", .indexed)
        Field.string("amount")
        Field.integer("amountMilliunits", .indexed)
        Field.string("memo", .text, .optional)
        Field.string("cleared", .indexed)
        Field.boolean("approved")
        Field.string("flagColor", .optional)
        Field.string("flagName", .optional)
        Field.string("importPayeeName", .text, .optional)
        Field.string("importPayeeNameOriginal", .text, .optional)
        Field.string("importId", .optional)
        Field.string("debtTransactionType", .optional)
        Field.ref("account", to: YNABAccount.self)
        Field.ref("payee", to: YNABPayee.self, .optional)
        Field.ref("category", to: YNABCategory.self, .optional)
        Field.ref("transferAccount", to: YNABAccount.self, .optional)
        Field.ref("transferTransaction", to: YNABTransaction.self, .optional)
        Field.ref("matchedTransaction", to: YNABTransaction.self, .optional)
        Field.ref("budget", to: YNABBudget.self)
    }
    static let readings = definition.readings
}

/// One part of a split transaction.
enum YNABSubtransaction: YNABEntity {
    static let definition = EntityDef("YNABSubtransaction") {
        Field.string("amount")
        Field.integer("amountMilliunits", .indexed)
        Field.string("memo", .text, .optional)
        Field.ref("transaction", to: YNABTransaction.self)
        Field.ref("payee", to: YNABPayee.self, .optional)
        Field.ref("category", to: YNABCategory.self, .optional)
        Field.ref("transferAccount", to: YNABAccount.self, .optional)
        Field.ref("transferTransaction", to: YNABTransaction.self, .optional)
        Field.ref("budget", to: YNABBudget.self)
    }
    static let readings = definition.readings
}

/// A transaction that will come, once or again and again.
enum YNABScheduledTransaction: YNABEntity {
    static let definition = EntityDef("YNABScheduledTransaction") {
        Field.date("dateFirst")
        Field.date("dateNext", .indexed)
        Field.string("frequency")
        Field.string("amount")
        Field.integer("amountMilliunits")
        Field.string("memo", .text, .optional)
        Field.string("flagColor", .optional)
        Field.string("flagName", .optional)
        Field.ref("account", to: YNABAccount.self)
        Field.ref("payee", to: YNABPayee.self, .optional)
        Field.ref("category", to: YNABCategory.self, .optional)
        Field.ref("transferAccount", to: YNABAccount.self, .optional)
        Field.ref("budget", to: YNABBudget.self)
    }
    static let readings = definition.readings
}

/// One part of a split transaction that will come.
enum YNABScheduledSubtransaction: YNABEntity {
    static let definition = EntityDef("YNABScheduledSubtransaction") {
        Field.string("amount")
        Field.integer("amountMilliunits")
        Field.string("memo", .text, .optional)
        Field.ref("scheduledTransaction", to: YNABScheduledTransaction.self)
        Field.ref("payee", to: YNABPayee.self, .optional)
        Field.ref("category", to: YNABCategory.self, .optional)
        Field.ref("transferAccount", to: YNABAccount.self, .optional)
        Field.ref("budget", to: YNABBudget.self)
    }
    static let readings = definition.readings
}
