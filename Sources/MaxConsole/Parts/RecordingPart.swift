internal import MaxHub
internal import MaxWire

/// What happened in a sync, line by line.
struct RecordingPart: Sendable {
    let lines: String
    let address: String

    /// Nil where nothing was recorded.
    init?(_ recording: Recording?) {
        guard let recording, !recording.events.isEmpty else { return nil }
        lines = RecordingBody(recording).lines.joined(separator: "\n")
        address = recording.key.subject
    }
}
