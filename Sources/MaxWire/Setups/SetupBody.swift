package import Foundation
package import MaxHub

/// A setup session as it is sent, without its view.
package struct SetupBody: Codable, Sendable, Hashable {
    package let id: String
    package let connector: String
    /// `add` or `reconnect`.
    package let purpose: String
    /// `owner` or `agent`.
    package let startedBy: String
    /// The ids of the agents that may drive it beside the owner: the one that began it, and the one it was handed to.
    package let agents: [String]
    /// The revision the next answer has to name.
    package let revision: Int
    package let createdAt: Date
    /// When it vanishes unless it is gone on with.
    package let expiresAt: Date

    /// Puts a session into its form for sending.
    package init(_ session: SetupSession) {
        id = session.id.rawValue
        connector = session.connector
        purpose = session.purpose.rawValue
        startedBy = session.startedBy == nil ? "owner" : "agent"
        agents = [session.startedBy, session.handedTo].compactMap { $0?.rawValue }
        revision = session.revision
        createdAt = session.createdAt
        expiresAt = session.expiresAt
    }
}
