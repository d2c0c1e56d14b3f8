import MaxConnector
import MaxCore
import MaxHub

/// A connector that asks for two secrets, one after the other, and knows one account.
let tiny: any Connector = ConnectorModule(tinyDef) { _, _, _ in Installation(context: ()) }

private enum TinyNote: Entity {
    static let definition = EntityDef("TinyNote") { Field.string("text", .title) }
}

private let tinyDef = ConnectorDef(
    name: "tiny", displayName: "Tiny", description: "Notes", icon: "<svg xmlns=\"http://www.w3.org/2000/svg\"/>",
    version: "1.0.0", collects: ["notes"], egress: .nowhere,
    schema: ConnectorSchema(namespace: "tiny", entities: [TinyNote.self], roots: [TinyNote.self]),
    onboarding: OnboardingFlow<NoConfig> {
        InputStep("Token") { Secret(Credential.string("token", label: "Token")) }
        InputStep("Code") { Secret(Credential.string("code", label: "Code")) }
        ValidationStep("Checking") { _, _ in Identity(id: "u-1", label: "Dana") }
    },
    seeder: Seeder { _ in SyncPlan(root: Ref(TinyNote.self, "1"), stages: []) },
    resolvers: [
        Resolver(
            TinyNote.self,
            Loader<Void>(
                "notes", of: TinyNote.self, provides: ["text"],
                .entity { id, _ in Record(TinyNote.self, id: id, ["text": "a note"]) }))
    ])

/// No provider and no sandbox: nothing here leaves the process.
struct NoWayOut: UpstreamFactory, SandboxHost, Upstream {
    func upstream(_ route: UpstreamRoute) -> any Upstream { self }

    func endpoint(of connector: String) async throws -> SandboxEndpoint {
        throw MaxError("sandbox_missing", "There is no sandbox.")
    }

    func send(_ request: UpstreamRequest, as operation: UpstreamOperation) async throws -> UpstreamResponse {
        throw Problem("offline", .retryable, "There is no way out.")
    }

    func open(_ line: LineRequest, as operation: UpstreamOperation) async throws -> any UpstreamLine {
        throw Problem("offline", .retryable, "There is no way out.")
    }
}
