package import MaxHub

/// When a connection is synced by itself, as it is sent.
package struct ScheduleBody: Codable, Sendable, Hashable {
    /// How many seconds lie between two syncs.
    package let every: Int
    /// How many the connector recommends.
    package let recommended: Int
    /// Whether the owner chose, rather than the connector.
    package let own: Bool

    package init(_ schedule: ConnectionSchedule) {
        every = Int(schedule.interval)
        recommended = Int(schedule.recommended)
        own = schedule.isOwn
    }
}

/// When a connection is to be synced by itself, as it is asked.
package struct ScheduleChangeBody: Codable, Sendable, Hashable {
    /// How many seconds shall lie between two syncs; 0 leaves it to the connector.
    package var every: Int?
    /// Whether it shall be left alone.
    package var paused: Bool?

    package init(every: Int? = nil, paused: Bool? = nil) {
        self.every = every
        self.paused = paused
    }
}
