public import MaxConnector

/// The static descriptor: data only.
let sampleDef = ConnectorDef(
    name: "sample", displayName: "Sample", description: "The items you keep at Sample",
    icon: """
        <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24">\
        <rect x="3" y="3" width="18" height="18" rx="5"/></svg>
        """,
    version: "0.1.0", tier: .gold,
    scopes: ["read:items"],
    collects: ["items"], doesNotCollect: ["anything Sample knows about other people"],
    egress: .configured(field: "baseURL"),
    schema: ConnectorSchema(
        namespace: "sample", entities: [SampleAccount.self, SampleItem.self], roots: [SampleAccount.self]),
    onboarding: sampleOnboarding, seeder: sampleSeeder, resolvers: sampleResolvers)

/// The connector: its descriptor, and the assembly of an installation from a connection's config and credentials.
public let sample: any Connector = ConnectorModule(sampleDef) { config, credentials, upstream in
    let token = credentials.get(SampleCredentials.apiToken)
    return Installation(
        context: SampleContext(client: SampleClient(baseURL: config.baseURL, token: token, upstream: upstream)))
}
