package import Foundation

/// When a connection is synced again by itself, as a pure function of what is stored.
package enum SyncSchedule {
    /// How long a connector that recommends nothing is left between two syncs, in seconds.
    package static let usual: TimeInterval = 3600
    /// What an owner may choose, in seconds: from five minutes to a month.
    package static let choice: ClosedRange<TimeInterval> = 300...(31 * 86400)
    /// The longest wait after failures, in seconds, unless the owner's own interval is longer.
    static let longestWait: TimeInterval = 86400
    /// How far the times of connections with one interval are spread, as a part of it.
    static let spread = 0.1
    /// How far ahead an ending may lie before this machine's clock must have been set back, in seconds.
    package static let tolerance: TimeInterval = 60

    /// When the next sync is, or why there is none.
    package enum Next: Sendable, Hashable {
        /// At once: it never was, or nobody knows when it was.
        case now
        /// Then, or as soon as possible when it is past.
        case at(Date)
        /// One is asked for or under way.
        case underWay
        /// Its setup is not finished, or it was disconnected.
        case inactive
        /// The owner wants it left alone.
        case paused
        /// The provider refused the credential.
        case refused
        /// It failed too often for one cause.
        case givenUp
    }

    /// The next sync of a connection.
    ///
    /// However many were missed while nothing ran, one is due. What ended in the future ended when nobody knows, so that
    /// one is due as well.
    ///
    /// - Parameter recommended: How many seconds the connector recommends between two syncs.
    package static func next(_ standing: SyncStanding, recommended: TimeInterval, at now: Date) -> Next {
        switch standing.state {
        case .shell, .revoked: return .inactive
        case .paused: return .paused
        case .active: break
        }
        if standing.isOpen { return .underWay }
        if standing.isRefused { return .refused }
        if standing.setback?.isFinal == true { return .givenUp }
        guard let ended = standing.lastEndedAt, ended <= now + tolerance else { return .now }
        let wait = wait(standing.ownInterval ?? recommended, after: standing.setback)
        let share = Double(mixed(standing.connection.rawValue, ended) % 1000) / 1000
        return .at(ended + max(wait * (1 + spread * share), standing.retryAfter ?? 0))
    }

    /// The wait after failures: the interval at first, from the third failure of one cause on twice as long each time.
    private static func wait(_ interval: TimeInterval, after setback: Setback?) -> TimeInterval {
        guard let setback, setback.isSlowing else { return interval }
        let grown = interval * Double(1 << min(setback.count - Setback.patient + 1, 16))
        return max(interval, min(grown, longestWait))
    }

    /// A number that is the same for the same connection and ending, on every machine (FNV-1a).
    private static func mixed(_ id: String, _ time: Date) -> UInt64 {
        (id + String(Int64(time.timeIntervalSince1970))).utf8.reduce(0xcbf2_9ce4_8422_2325) {
            ($0 ^ UInt64($1)) &* 0x100_0000_01b3
        }
    }
}
