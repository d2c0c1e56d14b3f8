import Foundation
import MaxConnector
import MaxCore

/// The secrets of an Acme connection.
enum AcmeCredentials {
    static let apiToken = Credential.string(
        "api_token", label: "API token",
        pattern: Pattern(
            "acme_[0-9a-f]{32}(_[a-z0-9_]+)?",
            otherwise: "This does not look like an Acme API token; those are acme_ followed by 32 letters and digits."),
        example: "acme_3f…")
}

/// What a token has to allow.
enum AcmeScopes {
    static let needed = ["read:workspaces", "read:users", "read:projects", "read:tasks"]
}

/// Where an Acme connection leads.
struct AcmeConfig: ConnectorConfig {
    var baseURL: URL
    var workspaceID: String
}

let acmeOnboarding = OnboardingFlow<AcmeConfig> {
    InputStep("Your Acme") {
        Input(\.baseURL, "Tenant URL", example: "https://mycompany.acme.com", autocomplete: "url")
    }
    InputStep("API token") { draft in
        Secret(AcmeCredentials.apiToken, help: try draft.baseURL / "settings/api-keys")
    }
    ValidationStep("Checking with Acme") { draft, context in
        let client = try AcmeClient(draft, context)
        let me = try await context.climb(.identity) { try await client.me() }
        try await context.climb(.permissions) { try me.requireScopes() }
        try await context.prove(.record) { try await client.firstWorkspaces() }
        return Identity(
            id: "\(me.tenant.id)/\(me.id)", label: me.email, scopes: me.scopes, expiresAt: me.token.expiresAt)
    }
    SelectStep(
        \.workspaceID, "Workspace",
        empty: "This token sees no workspace. Make one for somebody who is in a workspace."
    ) { draft, context in
        try await AcmeClient(draft, context).workspaces().map { Choice($0.name, value: $0.id) }
    }
}
