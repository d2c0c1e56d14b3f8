internal import MaxConnector
package import MaxHub

/// A line of the one list of everything: an account that is connected, that is being set up, or both.
package struct SourceBody: Codable, Sendable, Hashable {
    /// The id of the connection, which it has from the beginning of its setup.
    package let id: String
    /// What people call it; the provider's name while the account is not known.
    package let label: String
    package let connector: String
    /// How it is, in a few words for people.
    package let standing: String
    /// The connection; absent while it is being added.
    package let connection: ConnectionBody?
    /// The setup that can be gone on with; absent where there is none.
    package let setup: SetupBody?

    /// Puts a connection, and the setup that mends it, into its form for sending.
    package init(_ connection: ConnectionBody, setup: SetupSession?) {
        (id, label, connector) = (connection.id, connection.label, connection.connector)
        standing = connection.standing
        self.connection = connection
        self.setup = setup.map { SetupBody($0) }
    }

    /// Puts the setup of a connection that does not exist yet into its form for sending.
    package init(_ setup: SetupSession, label: String) {
        (id, connector) = (setup.connection.rawValue, setup.connector)
        self.label = setup.state.identity?.label ?? label
        standing = "Setting up"
        connection = nil
        self.setup = SetupBody(setup)
    }
}

/// What to change of a connection, as it is asked.
package struct ConnectionChangeBody: Codable, Sendable, Hashable {
    /// What people call it.
    package var label: String?
    /// The short name people type.
    package var slug: String?

    package init(label: String? = nil, slug: String? = nil) {
        self.label = label
        self.slug = slug
    }
}
