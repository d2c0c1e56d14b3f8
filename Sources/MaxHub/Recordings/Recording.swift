package import Foundation

/// The transcript of a run or a setup: its newest events, up to ``limit``.
package struct Recording: Sendable, Hashable {
    /// How many bytes of events are kept of one run or setup.
    package static let limit = 64 << 10
    /// How many recordings are kept of a connection.
    package static let mostOfConnection = 40
    /// How many are kept of setups that came to nothing.
    package static let mostAbandoned = 20

    package let key: RecordingKey
    package let beganAt: Date
    /// How many events were let go of, all of them older than those that are kept.
    package let lost: Int
    package let events: [RecordedEvent]

    package init(key: RecordingKey, beganAt: Date, lost: Int, events: [RecordedEvent]) {
        self.key = key
        self.beganAt = beganAt
        self.lost = lost
        self.events = events
    }
}

/// What a recording is of.
package struct RecordingKey: Sendable, Hashable {
    /// The id of the run or setup.
    package let subject: String
    package let kind: Kind
    /// The connection it collects from, makes or mends.
    package let connection: ConnectionID

    /// What can be recorded.
    package enum Kind: String, Sendable, Hashable, Codable, CaseIterable {
        case run
        case setup
    }

    package init(_ kind: Kind, _ subject: String, of connection: ConnectionID) {
        self.subject = subject
        self.kind = kind
        self.connection = connection
    }

    /// The recording of a run.
    package init(_ run: RunID, of connection: ConnectionID) { self.init(.run, run.rawValue, of: connection) }
    /// The recording of a setup.
    package init(_ setup: SessionID, of connection: ConnectionID) { self.init(.setup, setup.rawValue, of: connection) }
}
