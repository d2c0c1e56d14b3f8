package import MaxHub
package import MaxWire

/// A connection with how it is.
package struct ConnectionCard: Sendable, Hashable {
    package let connection: Connection
    /// Why it cannot be used on this machine.
    package let lock: VaultLock?
    package let health: ConnectionHealth
    package let schedule: ConnectionSchedule

    /// The same for programs.
    package var body: ConnectionBody {
        ConnectionBody(connection, lock: lock, health: health, schedule: schedule)
    }

    /// The same without the words that change with every minute, for comparing.
    var ageless: ConnectionCard {
        ConnectionCard(connection: connection, lock: lock, health: health.ageless, schedule: schedule)
    }
}
