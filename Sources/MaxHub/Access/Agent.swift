package import Foundation

/// A program that the owner let in; proof for what its scopes allow.
package struct Agent: Sendable, Hashable {
    /// How long an agent's token lasts, in seconds: 90 days.
    package static let lifetime: TimeInterval = 90 * 24 * 3600

    package let id: AgentID
    /// What it calls itself.
    package let name: String
    /// What the owner allowed.
    package let scopes: Set<AgentScope>
    /// When its token was handed out.
    package let createdAt: Date
    /// When its token ends.
    package let expiresAt: Date
    /// When it was used last, give or take a minute; nil before the first time.
    package var usedAt: Date?

    /// Creates an agent.
    package init(
        id: AgentID, name: String, scopes: Set<AgentScope>, createdAt: Date, expiresAt: Date, usedAt: Date? = nil
    ) {
        self.id = id
        self.name = name
        self.scopes = scopes
        self.createdAt = createdAt
        self.expiresAt = expiresAt
        self.usedAt = usedAt
    }
}

/// A part of what can be asked of Max, which an agent is allowed or not.
package enum AgentScope: String, Sendable, Hashable, Codable, CaseIterable {
    /// Begin setups, answer what is no secret, and wait for them.
    case setup
    /// See connections, syncs and records.
    case read
    /// Sync, rename and disconnect.
    case manage
}
