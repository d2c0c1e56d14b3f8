import Foundation
import MaxConnector
import MaxCore

/// The secrets of a YNAB connection.
enum YNABCredentials {
    static let token = Credential.string(
        "access_token", label: "Personal access token",
        pattern: Pattern(
            "[0-9A-Za-z_-]{43,64}",
            otherwise: "This does not look like a YNAB access token; those are 43 letters, digits, - and _ in a row."
        ),
        example: "Yc3tR8…")
}

/// Where a YNAB connection leads.
struct YNABConfig: ConnectorConfig {
    var baseURL: URL
}

let ynabOnboarding = OnboardingFlow<YNABConfig> {
    InputStep("Your YNAB") {
        Secret(
            YNABCredentials.token, help: YNABPages.tokens, note: "Under “Personal Access Tokens”, press “New Token”.")
        Input(
            \.baseURL, "API address", fallback: "https://api.ynab.com/v1", autocomplete: "off", advanced: true)
    }
    ValidationStep("Checking with YNAB") { draft, context in
        let client = try YNABClient(draft, context)
        let user = try await context.climb(.identity) { try await client.user() }
        let budgets = try await context.prove(.permissions) { try await client.budgets() } ?? []
        if let newest = budgets.first {
            try await context.prove(.record) { try await client.accounts(of: newest.id) }
        }
        return Identity(id: user, label: YNABClient.label(of: user, budgets))
    }
}

extension YNABClient {
    /// What the owner recognises the account by: YNAB tells no name and no address, so it is the names of the budgets.
    static func label(of user: String, _ budgets: [Budget]) -> String {
        switch budgets.count {
        case 0: "YNAB user \(user.prefix(8))"
        case 1: budgets[0].name
        case 2: "\(budgets[0].name) and \(budgets[1].name)"
        default: "\(budgets[0].name) and \(budgets.count - 1) more budgets"
        }
    }
}
