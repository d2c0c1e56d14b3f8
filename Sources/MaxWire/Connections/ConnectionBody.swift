package import Foundation
internal import MaxConnector
package import MaxCore
package import MaxHub

/// A connection as it is sent.
package struct ConnectionBody: Codable, Sendable, Hashable {
    package let id: String
    package let slug: String
    package let label: String
    package let connector: String
    /// What the owner recognises the account by; null until it is known.
    package let identity: String?
    package let account: AccountBody?
    package let state: String
    package let sandbox: Bool
    package let config: [String: JSON]
    package let createdAt: Date
    package let activatedAt: Date?
    /// Why it cannot be used on this machine now, such as “locked: key 3f9a2c1d is missing”.
    package var locked: String?
    /// How it is and how its collecting goes; null where nobody looked.
    package var health: HealthBody?

    /// Puts a connection into its form for sending.
    package init(_ connection: Connection, lock: VaultLock? = nil, health: ConnectionHealth? = nil) {
        id = connection.id.rawValue
        slug = connection.slug
        label = connection.label
        connector = connection.connector
        identity = connection.identity?.label
        account = connection.identity.map { AccountBody($0) }
        state = connection.state.rawValue
        sandbox = connection.isSandbox
        config = connection.config
        createdAt = connection.createdAt
        activatedAt = connection.activatedAt
        locked = lock?.sentence
        self.health = health.map { HealthBody($0) }
    }
}

/// Whose account a connection is.
package struct AccountBody: Codable, Sendable, Hashable {
    package let id: String
    package let label: String
    package let scopes: [String]
    package let credentialExpiresAt: Date?

    init(_ identity: Identity) {
        id = identity.id
        label = identity.label
        scopes = identity.scopes
        credentialExpiresAt = identity.expiresAt
    }
}
