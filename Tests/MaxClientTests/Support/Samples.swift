import AcmeConnector
import BundledConnectors
import Foundation
import MaxConnector
import MaxCore

extension ConnectorRegistry {
    /// The bundled connectors, and one of each kind that none of them is.
    static let samples: ConnectorRegistry = {
        let page = URL(filePath: "/")
        let dana = Identity(id: "dana", label: "Dana")
        return ConnectorRegistry([
            Entry("acme", sandbox: AcmeDouble()) { acme },
            .sample("browsed") {
                BrowserStep("B", start: page, signedIn: { _ in true }, identity: { _ in dana })
            },
            .sample("device") { DeviceStep("D", source: "notes") },
            .sample("consent") {
                OAuthStep("O", authorize: page, token: page, clientID: "c", scopes: []) { _, _ in dana }
            },
            .sample("upload") { UploadStep("U", accepts: ["zip"], maximumBytes: 1) { _ in dana } },
            .sample("public") { ValidationStep("C") { _, _ in dana } },
        ])
    }()
}

private enum Letter: Entity {
    static let definition = EntityDef("Letter") { Field.string("subject", .title) }
}

extension ConnectorRegistry.Entry {
    /// A connector of that name with one step.
    fileprivate static func sample(
        _ name: String, _ step: @escaping @Sendable () -> some OnboardingStep<NoConfig>
    ) -> ConnectorRegistry.Entry {
        ConnectorRegistry.Entry(name) {
            let loader = Loader<Void>(
                "letters", of: Letter.self, provides: ["subject"],
                .entity { id, _ in Record(Letter.self, id: id, ["subject": "A letter"]) })
            let def = ConnectorDef(
                name: name, displayName: name.capitalized, description: "Letters of \(name)", icon: "<svg></svg>",
                version: "1", collects: ["letters"], egress: .hosts(["\(name).test"]),
                schema: ConnectorSchema(namespace: name, entities: [Letter.self], roots: [Letter.self]),
                onboarding: OnboardingFlow<NoConfig> { step() },
                seeder: Seeder<Void> { _ in SyncPlan(root: Ref(Letter.self, "1"), stages: []) },
                resolvers: [Resolver(Letter.self, loader)])
            return ConnectorModule(def) { _, _, _ in Installation(context: ()) }
        }
    }
}
