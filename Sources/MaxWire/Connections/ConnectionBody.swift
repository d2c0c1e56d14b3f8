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
    /// When it is synced by itself; null where nobody looked.
    package var schedule: ScheduleBody?

    /// Puts a connection into its form for sending.
    package init(
        _ connection: Connection, lock: VaultLock? = nil, health: ConnectionHealth? = nil,
        schedule: ConnectionSchedule? = nil
    ) {
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
        self.schedule = schedule.map { ScheduleBody($0) }
    }

    /// How it is, for people.
    package var standing: String {
        guard let health else { return state }
        return [health.title, sandbox ? "sandbox" : nil, health.sentence.isEmpty ? nil : health.sentence]
            .compactMap(\.self).joined(separator: " · ")
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
