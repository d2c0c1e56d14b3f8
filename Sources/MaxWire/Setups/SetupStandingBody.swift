/// A setup with what it shows: to the owner a ``ViewBody``, to an agent an ``AgentViewBody``.
package struct SetupStandingBody<View: Codable & Sendable>: Codable, Sendable {
    package let setup: SetupBody
    package let view: View
    /// The connection, once it is active, for those who may see connections.
    package let connection: ConnectionBody?

    package init(setup: SetupBody, view: View, connection: ConnectionBody? = nil) {
        self.setup = setup
        self.view = view
        self.connection = connection
    }
}

/// A single-use link for the owner, as it is sent to an agent.
package struct OwnerLinkBody: Codable, Sendable, Hashable {
    /// The page that the owner opens, signed in.
    package let url: String

    package init(url: String) { self.url = url }
}
