package import Foundation
package import MaxCore

/// The place where unfinished setups lie.
///
/// Each method is one transaction.
package protocol SessionRows: Sendable {
    /// The sessions that are not expired at that time, the newest first.
    func sessions(at time: Date) async throws -> [SetupSession]
    /// The session of that id, expired or not.
    func session(_ id: SessionID) async throws -> SetupSession?
    /// Stores a new session.
    ///
    /// - Throws: ``MaxCore/MaxError`` with code `setup_under_way` when the connection has one already: two setups would
    ///   overwrite each other's secrets.
    func insert(_ session: SetupSession) async throws
    /// Stores a session in place of the one with the revision before, together with the secrets its answer brought,
    /// which are staged; the secrets staged for the fields of `dropping` go.
    ///
    /// When the session has moved to another connection, whatever was staged for the earlier one goes.
    ///
    /// - Throws: ``MaxCore/MaxError`` with code `revision_stale` when another answer came first, `setup_ended` when the
    ///   session is gone, `setup_under_way` when the connection it moved to has a setup, or `data_key_gone`.
    func save(_ session: SetupSession, secrets: [FreshlySealed], dropping: Set<String>) async throws
    /// Ends a setup well, whole or not at all: the connection, its secrets in force, the first run requested, and the
    /// session gone.
    ///
    /// - Throws: ``MaxCore/MaxError`` with code `revision_stale`, `setup_ended`, `name_taken` or `account_taken`.
    func activate(_ activation: Activation) async throws
    /// Ends a setup without a trace: its row, its staged secrets, and their keys unless a connection needs them.
    func discard(_ id: SessionID) async throws
    /// Discards every session that is expired at that time.
    func discardExpired(at time: Date) async throws
}

/// What the end of a setup writes.
package struct Activation: Sendable {
    /// The session, at the revision that was last stored.
    package let session: SetupSession
    /// The connection as it shall be.
    package let connection: Connection
    /// Whether the connection exists already.
    package let replaces: Bool
    /// The first collection.
    package let run: RequestedRun

    package init(session: SetupSession, connection: Connection, replaces: Bool, run: RequestedRun) {
        self.session = session
        self.connection = connection
        self.replaces = replaces
        self.run = run
    }
}

extension MaxError.Code {
    /// Another answer came first.
    package static let revisionStale: Self = "revision_stale"
    /// The setup was finished, cancelled, or expired.
    package static let setupEnded: Self = "setup_ended"
    /// The connection is being set up already.
    package static let setupUnderWay: Self = "setup_under_way"
    /// Too many setups are unfinished.
    package static let setupsFull: Self = "setups_full"
    /// A step of the setup needs something that this installation does not have.
    package static let connectorUnavailable: Self = "connector_unavailable"
}
