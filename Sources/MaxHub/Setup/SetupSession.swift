package import Foundation

/// An unfinished setup, as it is stored: a row that any surface can take up where another left it.
package struct SetupSession: Sendable, Hashable {
    /// How long a session that nobody touches is kept, in seconds.
    package static let idleLifetime: TimeInterval = 3600

    /// The unguessable name.
    package let id: SessionID
    /// The connector's name.
    package let connector: String
    /// What it is for.
    package var purpose: SetupPurpose
    /// The connection it will activate or mend; its secrets are sealed for that one from the start.
    package var connection: ConnectionID
    /// The slug the owner asked for.
    package var name: String?
    /// Raised by every change, so that a late or doubled answer is recognised.
    package var revision: Int
    /// Where the conversation stands.
    package var state: FlowState
    /// The last answer taken, so that the same one again gets the same reply.
    package var receipt: AnswerReceipt?
    /// The agent that began it; nil for the owner.
    package let startedBy: AgentID?
    /// The agent to which the owner handed it.
    package var handedTo: AgentID?
    /// When it began.
    package let createdAt: Date
    /// When it vanishes unless touched.
    package var expiresAt: Date

    /// Creates a session.
    package init(
        id: SessionID, connector: String, purpose: SetupPurpose, connection: ConnectionID, name: String?,
        revision: Int = 0, state: FlowState = FlowState(), receipt: AnswerReceipt? = nil, startedBy: AgentID? = nil,
        handedTo: AgentID? = nil, createdAt: Date, expiresAt: Date
    ) {
        self.id = id
        self.connector = connector
        self.purpose = purpose
        self.connection = connection
        self.name = name
        self.revision = revision
        self.state = state
        self.receipt = receipt
        self.startedBy = startedBy
        self.handedTo = handedTo
        self.createdAt = createdAt
        self.expiresAt = expiresAt
    }

    /// Whether an agent may drive it beside the owner: one that began it, or to which it was handed.
    package func isDriven(by agent: AgentID) -> Bool { startedBy == agent || handedTo == agent }
}

/// What a setup is for.
package enum SetupPurpose: String, Sendable, Hashable, Codable {
    /// A connection that does not exist yet.
    case add
    /// A new credential or config for one that does.
    case reconnect
}

/// What stays of a setup that ended well, beside the connection it made or mended.
package struct FinishedSetup: Sendable, Hashable, Codable {
    package let session: SessionID
    package let revision: Int
    /// The answer that ended it.
    package let receipt: AnswerReceipt?
    /// Whether it mended a connection that existed.
    package let updated: Bool
    package let finishedAt: Date
    /// How far the check of the credential has climbed.
    package let ladder: Ladder?
    /// What people call the credential, such as “API token”.
    package let credential: String?
    /// The agent that began it; nil for the owner.
    package let startedBy: AgentID?
    /// The agent to which the owner handed it.
    package let handedTo: AgentID?

    package init(_ session: SetupSession, updated: Bool, credential: String?, at time: Date) {
        self.session = session.id
        revision = session.revision
        receipt = session.receipt
        self.updated = updated
        finishedAt = time
        ladder = session.state.ladder
        self.credential = credential
        (startedBy, handedTo) = (session.startedBy, session.handedTo)
    }
}

/// The mark an answer leaves: against which revision it came, and a keyed hash of what it said.
package struct AnswerReceipt: Sendable, Hashable, Codable {
    package let revision: Int
    package let digest: String

    package init(revision: Int, digest: String) {
        self.revision = revision
        self.digest = digest
    }
}
