package import MaxCore

/// A setup as it is begun: for a new account of a connector, or to mend a connection.
package struct SetupRequestBody: Codable, Sendable, Hashable {
    /// The connector of which an account is added.
    package var connector: String?
    /// The connection that is mended: its id, short name or label.
    package var reconnect: String?
    /// The short name of the new connection.
    package var name: String?

    package init(connector: String? = nil, reconnect: String? = nil, name: String? = nil) {
        self.connector = connector
        self.reconnect = reconnect
        self.name = name
    }
}

/// An answer to a setup as it is sent; exactly one of the ways to answer is given, `useSandbox` may go with `fields`.
package struct SetupAnswerBody: Codable, Sendable {
    /// The revision it answers; the header `If-Match` may say it in its place.
    package var revision: Int?
    /// Answers to a form, by field name.
    package var fields: [String: JSON]?
    /// The values chosen.
    package var choose: [String]?
    /// Words by which other options are listed.
    package var search: String?
    /// The same call to the provider again.
    package var retry: Bool?
    /// The connector's sandbox fills in what `fields` leaves out.
    package var useSandbox: Bool?

    package init(
        revision: Int? = nil, fields: [String: JSON]? = nil, choose: [String]? = nil, search: String? = nil,
        retry: Bool? = nil, useSandbox: Bool? = nil
    ) {
        self.revision = revision
        self.fields = fields
        self.choose = choose
        self.search = search
        self.retry = retry
        self.useSandbox = useSandbox
    }
}

/// To which agent a setup is handed, as it is sent.
package struct SetupHandOverBody: Codable, Sendable, Hashable {
    /// The agent's id; nil takes back what was handed over.
    package var agent: String?

    package init(agent: String? = nil) { self.agent = agent }
}

/// A step back in a setup as it is sent.
package struct SetupBackBody: Codable, Sendable, Hashable {
    /// The revision from which it goes back; the header `If-Match` may say it in its place.
    package var revision: Int?

    package init(revision: Int? = nil) { self.revision = revision }
}
