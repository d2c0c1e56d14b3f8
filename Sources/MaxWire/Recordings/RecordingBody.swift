package import Foundation
package import MaxHub

/// The transcript of a sync or a setup, as it is sent.
package struct RecordingBody: Codable, Sendable, Hashable {
    /// The id of the sync or setup.
    package let of: String
    /// `run` or `setup`.
    package let kind: String
    package let beganAt: Date
    /// How many older events were let go of.
    package let lost: Int
    package let events: [EventBody]

    /// One thing that happened.
    package struct EventBody: Codable, Sendable, Hashable {
        /// When it was, in milliseconds since the beginning.
        package let after: Int
        /// `began`, `call`, `rung`, `wait`, `retry`, `failure`, `commit` or `ended`.
        package let kind: String
        /// What it was about: an operation, a rung, a stage, a step.
        package let subject: String?
        package let method: String?
        /// The shape of the path, with a star for each part that could be a value.
        package let path: String?
        package let status: Int?
        /// The name of the problem that it came to, or how it ended.
        package let outcome: String?
        package let sent: Int?
        package let received: Int?
        package let milliseconds: Int?
        package let count: Int?

        init(_ event: RecordedEvent, since beginning: Date) {
            after = max(0, Int((event.at.timeIntervalSince(beginning) * 1000).rounded()))
            (kind, subject) = (event.kind.rawValue, event.subject)
            (method, path, status) = (event.method, event.path, event.status)
            (outcome, sent, received) = (event.outcome, event.sent, event.received)
            (milliseconds, count) = (event.milliseconds, event.count)
        }
    }

    /// Puts a recording into its form for sending.
    ///
    /// - Parameters:
    ///   - name: What it is said to be of, in place of its id.
    ///   - most: How many of its newest events are sent.
    package init(_ recording: Recording, called name: String? = nil, atMost most: Int = .max) {
        let shown = recording.events.suffix(most)
        of = name ?? recording.key.subject
        kind = recording.key.kind.rawValue
        beganAt = recording.beganAt
        lost = recording.lost + recording.events.count - shown.count
        events = shown.map { EventBody($0, since: recording.beganAt) }
    }
}
