internal import MaxConnector
internal import MaxCore

/// A connector of many questions and no provider: every second answer is a secret, and nothing is called.
enum Survey {
    static let name = "survey"

    static let registry = ConnectorRegistry([
        .init(name) { ConnectorModule(definition) { _, _, _ in Installation(context: ()) } }
    ])

    static let definition = ConnectorDef<SurveyConfig, Void>(
        name: name, displayName: "Survey", description: "Questions alone", icon: "<svg/>", version: "1.0.0",
        collects: ["nothing"], egress: .nowhere,
        schema: ConnectorSchema(namespace: name, entities: [SurveyRoot.self], roots: [SurveyRoot.self]),
        onboarding: conversation, seeder: Seeder { SyncPlan(root: Ref(SurveyRoot.self, name), stages: []) },
        resolvers: [])

    private static let conversation = OnboardingFlow<SurveyConfig> {
        InputStep("Account") { Input(\.account, "Account") }
        InputStep("Password") { Secret(secret("password")) }
        InputStep("Address") { Input(\.address, "Address", help: "Where the account is.", example: "https://…") }
        InputStep("API token") { Secret(secret("api_token")) }
        InputStep("Team") { draft in Input(\.team, "Team", help: "A team of \(try draft.account).") }
        InputStep("Signing key") { Secret(secret("signing_key")) }
        InputStep("Region") { Input(\.region, "Region") }
        InputStep("Webhook secret") { Secret(secret("webhook_secret")) }
        InputStep("Language") { Input(\.language, "Language") }
        InputStep("Recovery code") { Secret(secret("recovery_code")) }
        ValidationStep("Checking") { draft, _ in Identity(id: try draft.account, label: try draft.account) }
    }

    private static func secret(_ name: String) -> Credential<SecretValue> { .string(name, label: name) }
}

struct SurveyConfig: ConnectorConfig {
    var account: String
    var address: String
    var team: String
    var region: String
    var language: String
}

enum SurveyRoot: Entity {
    static let definition = EntityDef("SurveyRoot") {}
}
