public import MaxConnector
import MaxCore

/// Acme: workspaces, people, projects and tasks.
let acmeDef = ConnectorDef(
    name: "acme", displayName: "Acme", description: "Workspaces, people, projects and tasks", icon: acmeIcon,
    version: "1.0.0", tier: .gold, scopes: AcmeScopes.needed,
    collects: ["the workspace you choose", "its people", "its projects", "their tasks"],
    doesNotCollect: ["other workspaces", "the contents of files", "anything you could not see yourself"],
    egress: .configured(field: "baseURL"),
    schema: ConnectorSchema(
        namespace: "acme",
        entities: [AcmeRoot.self, AcmeWorkspace.self, AcmeUser.self, AcmeProject.self, AcmeTask.self],
        roots: [AcmeRoot.self]),
    onboarding: acmeOnboarding, seeder: acmeSeeder, resolvers: acmeResolvers)

/// The Acme connector.
public let acme: any Connector = ConnectorModule(acmeDef) { config, credentials, upstream in
    Installation(
        context: AcmeContext(
            client: AcmeClient(
                baseURL: config.baseURL, token: credentials.get(AcmeCredentials.apiToken), upstream: upstream),
            workspaceID: config.workspaceID))
}

private let acmeIcon = """
    <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24" fill="none" stroke="currentColor" \
    stroke-width="1.8" stroke-linejoin="round"><path d="M12 3 3 20h18L12 3Z"/><path d="M8 15h8"/></svg>
    """
