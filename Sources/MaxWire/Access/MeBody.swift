package import Foundation
package import MaxHub

/// Who asks, as it is sent.
package struct MeBody: Codable, Sendable, Hashable {
    /// `owner` or `agent`.
    package let kind: String
    /// The id of the session or the agent; it is no token.
    package let id: String
    /// What the agent calls itself.
    package var name: String?
    /// What the agent may do; absent for the owner, who may do everything.
    package var scopes: [String]?
    /// When the session or the token ends.
    package let expiresAt: Date

    /// Puts the owner's session into its form for sending.
    package init(_ session: OwnerSession) {
        kind = "owner"
        id = session.id.rawValue
        expiresAt = session.expiresAt
    }

    /// Puts an agent into its form for sending.
    package init(_ agent: Agent) {
        kind = "agent"
        id = agent.id.rawValue
        name = agent.name
        scopes = agent.scopes.map(\.rawValue).sorted()
        expiresAt = agent.expiresAt
    }
}
