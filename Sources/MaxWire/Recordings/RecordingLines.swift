internal import Foundation
internal import MaxHub

extension RecordingBody {
    /// The whole of it on lines for people: the time since the beginning, and what happened then.
    package var lines: [String] {
        let lost = lost == 0 ? [] : ["… \(Phrase.count(lost, "earlier event")) not kept"]
        return lost + events.map(\.line)
    }
}

extension RecordingBody.EventBody {
    /// What happened, behind the seconds since the recording began.
    package var line: String { "\(String(format: "%9.3f", Double(after) / 1000))  \(words)" }

    /// What happened, for people.
    package var words: String {
        let parts: [String?]
        switch RecordedEvent.Kind(rawValue: kind) {
        case .began: parts = ["began", subject, outcome]
        case .call:
            parts = [
                subject, method, path, status.map(String.init), outcome.map { "(\($0))" },
                sent.map { "↑ \(Phrase.size($0))" }, received.map { "↓ \(Phrase.size($0))" }, time,
            ]
        case .rung: parts = ["rung", subject, outcome, time]
        case .wait: parts = ["waited for its turn:", subject, time]
        case .retry:
            parts = ["tries again:", subject, outcome, count.map { "after try \($0)" }, time.map { "in \($0)" }]
        case .failure: parts = ["gave up:", subject, outcome]
        case .commit: parts = ["stored", count.map { Phrase.count($0, "page") }]
        case .ended: parts = ["ended", subject, outcome, count.map { Phrase.count($0, "option") }]
        case nil: parts = [kind, subject, outcome]
        }
        return parts.compactMap(\.self).joined(separator: " ")
    }

    private var time: String? {
        milliseconds.map { $0 < 10_000 ? "\(Phrase.number($0)) ms" : Phrase.span(Double($0) / 1000) }
    }
}
