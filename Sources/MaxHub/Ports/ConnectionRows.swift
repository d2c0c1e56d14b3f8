package import Foundation
package import MaxCore

/// The place where connections lie.
///
/// Each method is one transaction.
package protocol ConnectionRows: Sendable {
    /// Every connection, the oldest first.
    func connections() async throws -> [Connection]
    /// The connection of that id.
    func connection(_ id: ConnectionID) async throws -> Connection?
    /// The connection of that slug.
    func connection(slug: String) async throws -> Connection?
    /// The connection of that account.
    func connection(connector: String, account: String, isSandbox: Bool) async throws -> Connection?
    /// Gives a connection another label, slug or both.
    ///
    /// - Throws: ``MaxCore/MaxError`` with code `name_taken` or `connection_not_found`.
    func rename(_ id: ConnectionID, label: String?, slug: String?) async throws
    /// Stops a connection for good and deletes its secrets, its setups and the run that it waits for; the run that is
    /// under way ends as cancelled. Its data stays, and the runs that are over.
    ///
    /// - Throws: ``MaxCore/MaxError`` with code `connection_not_found`.
    func revoke(_ id: ConnectionID, at time: Date) async throws
    /// Erases a connection, its secrets, its setups and its data, and leaves a mark so that no late write brings
    /// any of it back. Erasing twice is erasing once.
    func erase(_ id: ConnectionID, at time: Date) async throws
}

extension MaxError.Code {
    /// No connection has that name.
    package static let connectionNotFound: Self = "connection_not_found"
    /// Another connection has that name.
    package static let nameTaken: Self = "name_taken"
    /// Another connection has that account.
    package static let accountTaken: Self = "account_taken"
    /// The owner disconnected it, so that it takes no secrets but those of a setup.
    package static let connectionRevoked: Self = "connection_revoked"
}
