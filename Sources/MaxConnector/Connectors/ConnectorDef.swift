/// The static descriptor of a connector: data only, no factory methods.
public struct ConnectorDef<Config: ConnectorConfig, Context: Sendable>: Sendable {
    /// What every surface shows of the connector.
    public let about: ConnectorDescriptor
    /// The entities it collects.
    public let schema: ConnectorSchema
    /// The conversation that sets a connection up.
    public let onboarding: OnboardingFlow<Config>
    /// The plan of a collection.
    public let seeder: Seeder<Context>
    /// Which loader provides which field.
    public let resolvers: [Resolver<Context>]

    /// Creates a descriptor; what is wrong with it is told at registration.
    ///
    /// - Parameters:
    ///   - name: The word people type, in lower-case letters, digits and dashes, such as `acme`.
    ///   - description: What is collected, in one line.
    ///   - icon: A square SVG without scripts or outside references, at most 8 KB.
    ///   - tier: The highest quality tier whose conformance checks the connector passes.
    ///   - scopes: The least permissions a credential needs, in the provider's words.
    ///   - collects: What ends up on the owner's machine, one short phrase each.
    ///   - doesNotCollect: What people may expect or fear and will not happen, one short phrase each.
    ///   - egress: The hosts the connector may call.
    ///   - syncEvery: How long to wait between two syncs unless the owner chooses otherwise, from five minutes on.
    public init(
        name: String, displayName: String, description: String, icon: String, version: String,
        tier: QualityTier = .bronze, scopes: [String] = [], collects: [String], doesNotCollect: [String] = [],
        egress: Egress, syncEvery: Duration = .seconds(3600), schema: ConnectorSchema,
        onboarding: OnboardingFlow<Config>, seeder: Seeder<Context>,
        resolvers: [Resolver<Context>]
    ) {
        about = ConnectorDescriptor(
            name: name, displayName: displayName, description: description, icon: icon, version: version, tier: tier,
            scopes: scopes, collects: collects, doesNotCollect: doesNotCollect, egress: egress, syncEvery: syncEvery)
        self.schema = schema
        self.onboarding = onboarding
        self.seeder = seeder
        self.resolvers = resolvers
    }
}

/// What every surface shows of a connector.
public struct ConnectorDescriptor: Sendable, Hashable {
    /// The word people type.
    public let name: String
    /// The provider's name as it writes it.
    public let displayName: String
    /// What is collected, in one line.
    public let description: String
    /// A square SVG.
    public let icon: String
    /// The connector's own version.
    public let version: String
    /// The quality tier it claims and its conformance suite awards.
    public let tier: QualityTier
    /// The least permissions a credential needs.
    public let scopes: [String]
    /// What ends up on the owner's machine.
    public let collects: [String]
    /// What will not be collected.
    public let doesNotCollect: [String]
    /// The hosts the connector may call.
    public let egress: Egress
    /// How long to wait between two syncs unless the owner chooses otherwise.
    public let syncEvery: Duration
}

/// How much of the conformance suite a connector passes.
public enum QualityTier: String, Sendable, Hashable, Codable, CaseIterable {
    /// It registers: schema, flow and loaders fit together.
    case bronze
    /// It also passes the setup half of the suite.
    case silver
    /// It also passes the collection half.
    case gold
}

/// The hosts a connector may call.
public enum Egress: Sendable, Hashable {
    /// These hosts; `*.example.com` stands for every host below it.
    case hosts([String])
    /// The host of that config field, for providers that people run themselves.
    case configured(field: String)
    /// None: the source is on this machine.
    case nowhere
}
