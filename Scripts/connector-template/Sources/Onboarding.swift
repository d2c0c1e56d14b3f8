import Foundation
import MaxConnector
import MaxCore

/// What a connection is configured with; secrets have no place here.
struct SampleConfig: ConnectorConfig {
    /// Where the owner's Sample answers.
    var baseURL: URL
}

/// The secrets, as references.
enum SampleCredentials {
    static let apiToken = Credential.string("api_token", label: "API token", example: "3f9a…")
}

/// The conversation that connects an account.
let sampleOnboarding = OnboardingFlow<SampleConfig> {
    InputStep("Your Sample") {
        Input(\.baseURL, "Address", example: "https://api.sample.example")
    }
    InputStep("API token") { draft in
        Secret(SampleCredentials.apiToken, help: try draft.baseURL / "settings/tokens")
    }
    ValidationStep("Checking with Sample") { draft, context in
        let token = context.credentials.get(SampleCredentials.apiToken)
        let me = try await SampleClient(baseURL: draft.baseURL, token: token, upstream: context.upstream).me()
        return Identity(id: me.id, label: me.name)
    }
}
