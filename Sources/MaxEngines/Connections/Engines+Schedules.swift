internal import Foundation
package import MaxHub
package import MaxWire

extension Engines {
    /// Changes when a connection is synced by itself.
    ///
    /// - Throws: ``MaxCore/MaxError`` with code `interval_invalid`, `connection_not_found`, `connection_revoked` or
    ///   `connection_inactive`.
    package func schedule(_ connection: ConnectionID, _ change: ScheduleChangeBody) async throws {
        let store = try requireStore()
        if let every = change.every {
            try await store.setInterval(every == 0 ? nil : SyncInterval.check(TimeInterval(every)), of: connection)
        }
        if let isPaused = change.paused {
            try await store.setPaused(isPaused, of: connection, at: surroundings.now())
        }
    }
}
