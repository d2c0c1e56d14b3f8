package import MaxCore

/// A config with its type hidden: what answers become and how they are stored.
package struct ConfigShape: Sendable {
    /// The version of the shape.
    package let version: Int
    /// Decodes the config from answers and gives it back as it is stored, without what it has no property for.
    let decoded: @Sendable (DraftValues) throws -> [String: JSON]
    /// The same for a config that is also validated.
    package let validated: @Sendable (DraftValues) throws -> [String: JSON]
    private let migrate: @Sendable (JSON, Int) throws -> JSON

    init<Config: ConnectorConfig>(_ type: Config.Type) {
        version = Config.version
        migrate = Config.migrate(_:from:)
        decoded = { try Self.stored($0.decode(Config.self)) }
        validated = { values in
            let config = try values.decode(Config.self)
            try config.validate()
            return try Self.stored(config)
        }
    }

    private static func stored(_ config: some ConnectorConfig) throws -> [String: JSON] {
        try JSON(encoding: config).object ?? [:]
    }

    /// Brings a stored config into today's shape.
    package func migrated(_ stored: [String: JSON], from version: Int) throws -> [String: JSON] {
        version == self.version ? stored : try migrate(.object(stored), version).object ?? [:]
    }
}
