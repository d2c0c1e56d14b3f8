internal import Foundation

/// A date in a filter as the seconds that it spans.
///
/// A stored date without a time is half a second before its midnight.
struct ModelDate: Sendable {
    let text: String
    /// What orders look at: the first instant, and the first behind it.
    let first: Double
    let next: Double
    /// What equality looks at.
    let equal: Range<Double>

    private init(_ text: String, _ first: Double, _ next: Double, equal: Range<Double>? = nil) {
        (self.text, self.first, self.next) = (text, first, next)
        self.equal = equal ?? first..<next
    }

    func holds(_ sign: String, _ date: Double) -> Bool {
        switch sign {
        case "=": equal.contains(date)
        case "!=": !equal.contains(date)
        case "<": date < first
        case "<=": date < next
        case ">": date >= next
        default: date >= first
        }
    }

    /// When a stored date is, in seconds.
    static func seconds(_ stored: String) -> Double {
        stored.count == 10 ? midnight(stored) - 0.5 : instant(stored)
    }

    static let samples =
        ["2026-02-25", "2026-03-04", "1999-12-31"].map { day($0, $0) }
        + [day("today", "2026-03-04"), day("yesterday", "2026-03-03"), day("tomorrow", "2026-03-05")]
        + ["2026-03-04T00:00:00Z", "2026-03-04T10:20:30Z", "2026-02-25T10:20:30Z"].map { second("'\($0)'", $0) }
        + [second("now", "2026-03-04T10:20:30Z"), second("-168h", "2026-02-25T10:20:30Z")]
        + [
            moment("-7d", "2026-02-25T10:20:30Z"), moment("-1w", "2026-02-25T10:20:30Z"),
            moment("-1y", "2025-03-04T10:20:30Z"),
        ]
        + [
            ModelDate("'2026-03'", midnight("2026-03-01") - 0.5, midnight("2026-04-01") - 0.5),
            ModelDate("2026", midnight("2026-01-01") - 0.5, midnight("2027-01-01") - 0.5),
        ]

    private static func day(_ text: String, _ day: String) -> ModelDate {
        ModelDate(text, midnight(day) - 0.5, midnight(day) + 86_400 - 0.5)
    }

    private static func second(_ text: String, _ stored: String) -> ModelDate {
        ModelDate(text, instant(stored), instant(stored) + 1)
    }

    private static func moment(_ text: String, _ stored: String) -> ModelDate {
        let midnight = midnight(String(stored.prefix(10))) - 0.5
        return ModelDate(text, instant(stored), instant(stored), equal: midnight..<midnight + 86_400)
    }

    private static func midnight(_ day: String) -> Double { instant(day + "T00:00:00Z") }

    private static func instant(_ stored: String) -> Double {
        (try? Date(stored, strategy: .iso8601))?.timeIntervalSince1970 ?? .nan
    }
}
