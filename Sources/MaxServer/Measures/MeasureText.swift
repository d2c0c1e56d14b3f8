internal import Foundation
internal import MaxEngines
internal import MaxHub

/// The measures in the text format of Prometheus, version 0.0.4.
struct MeasureText: Sendable {
    private(set) var text = ""

    /// Writes what was counted, and how the accounts are.
    init(_ counts: Ledger.Counts, _ cards: [ConnectionCard]) {
        measure("max_streams", "gauge", "Streams of events that are open.", [("", Double(counts.streams))])
        measure(
            "max_connections", "gauge", "Connections by the state of their newest sync.",
            Dictionary(grouping: cards, by: { $0.health.sync.rawValue }).sorted { $0.key < $1.key }
                .map { ("{sync=\"\($0.key)\"}", Double($0.value.count)) })
        measure(
            "max_records", "gauge", "Records that are stored.",
            [("", Double(cards.reduce(0) { $0 + $1.health.records }))])
        measureRequests(counts)
    }

    private mutating func measureRequests(_ counts: Ledger.Counts) {
        let name = "max_request_seconds"
        begin(name, "histogram", "How long requests took until their answer began.")
        let requests = counts.requests.sorted { $0.key.words < $1.key.words }
        for (kind, count) in requests {
            for (step, number) in zip(Ledger.RequestCount.steps, count.within) {
                text += "\(name)_bucket{\(kind.words),le=\"\(step)\"} \(number)\n"
            }
            text += "\(name)_bucket{\(kind.words),le=\"+Inf\"} \(count.number)\n"
            text += "\(name)_sum{\(kind.words)} \(count.seconds)\n\(name)_count{\(kind.words)} \(count.number)\n"
        }
    }

    private mutating func measure(_ name: String, _ type: String, _ help: String, _ values: [(String, Double)]) {
        begin(name, type, help)
        for (labels, value) in values { text += "\(name)\(labels) \(value)\n" }
    }

    private mutating func begin(_ name: String, _ type: String, _ help: String) {
        text += "# HELP \(name) \(help)\n# TYPE \(name) \(type)\n"
    }
}

extension Ledger.RequestKind {
    /// The labels; routes and methods are the server's own words and need no escapes.
    fileprivate var words: String { "method=\"\(method)\",route=\"\(route)\",status=\"\(status)\"" }
}
