package import Foundation
package import MaxConnector
package import MaxCore

/// One account of the owner's at one provider, as it is stored.
package struct Connection: Sendable, Hashable {
    /// The unguessable name, for ever.
    package let id: ConnectionID
    /// The connector's name.
    package let connector: String
    /// The short name people type, unique among all connections.
    package var slug: String
    /// What people call it; the identity's label unless the owner renamed it.
    package var label: String
    /// Whose account it is.
    package var identity: Identity?
    /// What may be done with it.
    package var state: ConnectionState
    /// The decoded config as JSON, without secrets.
    package var config: [String: JSON]
    /// The version of the config's shape.
    package var configVersion: Int
    /// Whether its provider is the connector's sandbox on this machine.
    package let isSandbox: Bool
    /// Hosts on this machine or a private network that the owner allowed it to call.
    package var allowedHosts: Set<String>
    /// When its setup began.
    package let createdAt: Date
    /// When its account became known.
    package var activatedAt: Date?
    /// The setup that ended here last, so that its last answer given again gets the same reply.
    package var lastSetup: FinishedSetup?

    /// Creates a connection.
    package init(
        id: ConnectionID, connector: String, slug: String, label: String, identity: Identity?, state: ConnectionState,
        config: [String: JSON], configVersion: Int, isSandbox: Bool, allowedHosts: Set<String>, createdAt: Date,
        activatedAt: Date?, lastSetup: FinishedSetup? = nil
    ) {
        self.id = id
        self.connector = connector
        self.slug = slug
        self.label = label
        self.identity = identity
        self.state = state
        self.config = config
        self.configVersion = configVersion
        self.isSandbox = isSandbox
        self.allowedHosts = allowedHosts
        self.createdAt = createdAt
        self.activatedAt = activatedAt
        self.lastSetup = lastSetup
    }
}

/// What may be done with a connection.
package enum ConnectionState: String, Sendable, Hashable, Codable, CaseIterable {
    /// It exists before its account is known, for a browser login.
    case shell
    /// Its account is known; it may be collected from.
    case active
    /// The owner wants it left alone for now.
    case paused
    /// The owner disconnected it: its secrets are gone, its data is kept.
    case revoked
}

/// A request to collect.
package struct RequestedRun: Sendable, Hashable {
    package let id: RunID
    package let connection: ConnectionID
    package let scope: RunScope
    package let requestedAt: Date

    package init(id: RunID, connection: ConnectionID, scope: RunScope = RunScope(), requestedAt: Date) {
        self.id = id
        self.connection = connection
        self.scope = scope
        self.requestedAt = requestedAt
    }
}
