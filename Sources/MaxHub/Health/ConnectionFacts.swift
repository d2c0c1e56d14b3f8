package import Foundation

/// What is stored about a connection.
package struct ConnectionFacts: Sendable {
    package let connection: Connection
    /// Why it cannot be used on this machine.
    package let lock: VaultLock?
    /// Its newest syncs, the newest first: the newest one, and the newest that collected everything.
    package let runs: [Run]
    /// How many records are stored.
    package let records: Int
    /// How its syncs stand; nil where nothing is stored of it.
    package let standing: SyncStanding?
    /// How many seconds its connector recommends between two syncs.
    package let recommendedInterval: TimeInterval
    /// Whether somebody is there who syncs when it is time, such as a server.
    package let isTended: Bool
    /// How much room is left on the disk.
    package let headroom: DiskHeadroom

    package init(
        _ connection: Connection, lock: VaultLock? = nil, runs: [Run] = [], records: Int = 0,
        standing: SyncStanding? = nil, recommendedInterval: TimeInterval = SyncSchedule.usual, isTended: Bool = true,
        headroom: DiskHeadroom = .ample
    ) {
        self.connection = connection
        self.lock = lock
        self.runs = runs
        self.records = records
        self.standing = standing
        self.recommendedInterval = recommendedInterval
        self.isTended = isTended
        self.headroom = headroom
    }

    /// How many seconds lie between two syncs.
    var interval: TimeInterval { standing?.ownInterval ?? recommendedInterval }
    /// When it is synced again; nil when nobody is there who would do it, or nothing is stored of it.
    func next(at now: Date) -> SyncSchedule.Next? {
        guard isTended, let standing else { return nil }
        return SyncSchedule.next(standing, recommended: recommendedInterval, at: now)
    }
}
