package import Foundation
internal import MaxCore

/// The place where it lies when connections are synced.
///
/// Each method is one transaction.
package protocol ScheduleRows: Sendable {
    /// How the syncs of every connection stand, or of that one.
    func syncStandings(of connection: ConnectionID?) async throws -> [SyncStanding]
    /// Sets how many seconds lie between two syncs of a connection; nil leaves it to the connector.
    ///
    /// - Throws: ``MaxCore/MaxError`` with code `connection_not_found`.
    func setInterval(_ seconds: TimeInterval?, of connection: ConnectionID) async throws
    /// Has a connection left alone, or not any more. The run that waits is dropped; the one that is under way ends as
    /// cancelled, and the next one goes on from there.
    ///
    /// - Throws: ``MaxCore/MaxError`` with code `connection_not_found`, `connection_revoked`, or `connection_inactive`
    ///   while its setup is not finished.
    func setPaused(_ isPaused: Bool, of connection: ConnectionID, at time: Date) async throws
}
