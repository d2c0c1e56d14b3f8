package import Foundation

/// What is stored of a connection's syncs, as far as it decides when the next one is.
package struct SyncStanding: Sendable, Hashable {
    package let connection: ConnectionID
    /// The connector's name.
    package let connector: String
    package let state: ConnectionState
    /// How many seconds the owner wants between two syncs; nil where that is left to the connector.
    package let ownInterval: TimeInterval?
    /// Whether a sync is asked for or under way.
    package let isOpen: Bool
    /// When the newest sync ended; nil when none ever did.
    package let lastEndedAt: Date?
    /// How long the provider wants to be left alone after that, in seconds.
    package let retryAfter: TimeInterval?
    /// The failures in a row that all have one cause; nil when the newest sync brought something.
    package let setback: Setback?
    /// Whether the provider refused the credential that is in force.
    package let isRefused: Bool
    /// When the credential is expected to end, by how long others of its kind lasted; nil where nothing is known.
    package let expectedEnd: Date?

    package init(
        connection: ConnectionID, connector: String, state: ConnectionState, ownInterval: TimeInterval? = nil,
        isOpen: Bool = false, lastEndedAt: Date? = nil, retryAfter: TimeInterval? = nil, setback: Setback? = nil,
        isRefused: Bool = false, expectedEnd: Date? = nil
    ) {
        self.connection = connection
        self.connector = connector
        self.state = state
        self.ownInterval = ownInterval
        self.isOpen = isOpen
        self.lastEndedAt = lastEndedAt
        self.retryAfter = retryAfter
        self.setback = setback
        self.isRefused = isRefused
        self.expectedEnd = expectedEnd
    }
}

/// Failures in a row that have one cause.
package struct Setback: Sendable, Hashable, Codable {
    /// The problem's name for programs.
    package let code: String
    /// How many there were.
    package var count: Int
    /// When the first of them ended.
    package let since: Date

    package init(code: String, count: Int, since: Date) {
        self.code = code
        self.count = count
        self.since = since
    }

    /// Whether so many failed that nothing is tried any more by itself.
    package var isFinal: Bool { count >= Self.last }
    /// Whether so many failed that the next try waits longer than usual.
    package var isSlowing: Bool { count >= Self.patient }

    /// From which failure on the waits grow.
    static let patient = 3
    /// After which failure nothing is tried any more by itself.
    static let last = 7
}
