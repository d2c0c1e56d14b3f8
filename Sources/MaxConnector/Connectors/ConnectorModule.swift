public import MaxCore

/// A descriptor paired with the one function that assembles an installation.
///
/// `initialise` is pure assembly: no I/O, no side effects.
public struct ConnectorModule<Config: ConnectorConfig, Context: Sendable>: Sendable {
    /// The static descriptor.
    public let def: ConnectorDef<Config, Context>
    private let assemble: @Sendable (Config, CredentialProvider, any Upstream) throws -> Installation<Context>

    /// Creates a module.
    ///
    /// - Parameter initialise: Builds the inert installation from a connection's config, its credentials and the
    ///   platform's way to the provider.
    public init(
        _ def: ConnectorDef<Config, Context>,
        initialise: @escaping @Sendable (Config, CredentialProvider, any Upstream) throws -> Installation<Context>
    ) {
        self.def = def
        assemble = initialise
    }

    /// Builds the inert installation.
    public func initialise(
        _ config: Config, _ credentials: CredentialProvider, _ upstream: any Upstream
    ) throws -> Installation<Context> {
        try assemble(config, credentials, upstream)
    }
}

/// A connector with its own types hidden, as the registry and the platform see it.
public protocol Connector: Sendable {
    /// What every surface shows.
    var about: ConnectorDescriptor { get }
    /// The entities it collects.
    var schema: ConnectorSchema { get }
    /// The conversation that sets a connection up.
    var flow: FlowDefinition { get }
    /// Builds what collects for a connection from its config as it is stored; nothing is called yet.
    ///
    /// - Parameter version: The version of the config's shape with which it was stored.
    /// - Throws: What the config's migration, decoding or validation throws.
    func install(
        _ config: [String: JSON], version: Int, _ credentials: CredentialProvider, _ upstream: any Upstream
    ) throws -> InstalledConnector
    /// What its author should know before it is registered; empty for a sound connector.
    func mistakes() async -> [AuthorMistake]
}

extension ConnectorModule: Connector {
    public var about: ConnectorDescriptor { def.about }
    public var schema: ConnectorSchema { def.schema }
    public var flow: FlowDefinition { def.onboarding.definition }
    public func install(
        _ config: [String: JSON], version: Int, _ credentials: CredentialProvider, _ upstream: any Upstream
    ) throws -> InstalledConnector {
        let config: Config = try JSON.object(flow.config.migrated(config, from: version)).decode()
        try config.validate()
        return InstalledConnector(try initialise(config, credentials, upstream), of: def)
    }
    public func mistakes() async -> [AuthorMistake] {
        let rehearsal = await flow.rehearse()
        return def.about.mistakes() + def.schema.mistakes() + def.resolverMistakes() + flow.mistakes(rehearsal)
            + def.about.egress.mistakes(rehearsal)
    }
}
