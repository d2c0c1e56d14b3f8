package import Foundation
package import MaxCore

/// Where unfinished setups lie. Each method is one transaction.
package protocol SessionRows: Sendable {
    /// The sessions that are not expired at that time, the newest first.
    func sessions(at time: Date) async throws -> [SetupSession]
    /// The session of that id, expired or not.
    func session(_ id: SessionID) async throws -> SetupSession?
    /// Stores a new session.
    func insert(_ session: SetupSession) async throws
    /// Stores a session in place of the one with the revision before, together with the secrets its answer brought.
    ///
    /// - Throws: ``MaxCore/MaxError`` with code `revision_stale` when another answer came first, or `setup_ended` when
    ///   the session is gone.
    func save(_ session: SetupSession, secrets: [FreshlySealed], dropping: Set<String>) async throws
    /// Ends a setup well, whole or not at all: the connection, its secrets in force, the first run requested, and the
    /// session gone.
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
}
