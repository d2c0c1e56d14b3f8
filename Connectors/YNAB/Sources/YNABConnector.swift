public import MaxConnector
import MaxCore

/// YNAB: budgets, accounts, categories and transactions.
let ynabDef = ConnectorDef(
    name: "ynab", displayName: "YNAB", description: "Budgets, accounts, categories and transactions", icon: ynabIcon,
    version: "1.0.0", tier: .gold, scopes: [],
    collects: [
        "every budget, with its accounts and balances", "its categories, and their amounts month by month",
        "its payees", "its transactions, split and scheduled ones included",
    ],
    doesNotCollect: [
        "where you were when you entered a transaction", "single moves of money between categories",
        "your name, e-mail address or bank logins, which YNAB tells nobody",
    ],
    egress: .configured(field: "baseURL"),
    schema: ConnectorSchema(
        namespace: "ynab", entities: [YNABRoot.self, YNABBudget.self] + Export.Part.allCases.map { $0.entity },
        roots: [YNABRoot.self]),
    onboarding: ynabOnboarding, seeder: ynabSeeder, resolvers: ynabResolvers)

/// The YNAB connector.
public let ynab: any Connector = ConnectorModule(ynabDef) { config, credentials, upstream in
    Installation(
        context: YNABContext(
            YNABClient(
                baseURL: config.baseURL, token: credentials.get(YNABCredentials.token), upstream: upstream)))
}

private let ynabIcon = """
    <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24" fill="none" stroke="currentColor" \
    stroke-width="1.8" stroke-linecap="round" stroke-linejoin="round"><path d="M4 5l8 8 8-8"/><path d="M12 13v7"/>\
    <path d="M8 17h8"/></svg>
    """
