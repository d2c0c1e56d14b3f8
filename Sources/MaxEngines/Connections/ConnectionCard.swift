package import Foundation
package import MaxHub
package import MaxWire

/// A connection with how it is.
package struct ConnectionCard: Sendable, Hashable {
    package let connection: Connection
    /// Why it cannot be used on this machine.
    package let lock: VaultLock?
    package let health: ConnectionHealth

    /// The same for programs.
    package var body: ConnectionBody { ConnectionBody(connection, lock: lock, health: health) }

    /// Whether nothing comes any more until the owner does something.
    package var needsAttention: Bool { standing.needsAttention }

    /// How it is, in a few words for people.
    package func standing(at now: Date) -> String { standing.words(at: now) }

    private var standing: ConnectionStanding {
        ConnectionStanding(
            setup: health.setup, sync: health.sync,
            needsAttention: health.sync == .failed && health.action == .reconnect, records: health.records,
            freshAt: health.freshAt, lock: lock?.sentence, isSandbox: connection.isSandbox)
    }
}
