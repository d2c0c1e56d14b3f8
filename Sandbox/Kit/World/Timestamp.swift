internal import FoundationEssentials

/// A moment in whole seconds, UTC, counted from 1970.
package struct Timestamp: Sendable, Hashable, Comparable, Codable {
    package let seconds: Int

    package init(_ seconds: Int) { self.seconds = seconds }

    package init(from decoder: any Decoder) throws {
        seconds = try decoder.singleValueContainer().decode(Int.self)
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(seconds)
    }

    package static func < (one: Timestamp, other: Timestamp) -> Bool { one.seconds < other.seconds }

    package static func now() -> Timestamp { Timestamp(Int(Date().timeIntervalSince1970)) }

    /// The newest moment in a world nobody has changed: 2026-01-05, 09:00.
    package static let worldEpoch = Timestamp(1_767_603_600)

    package static let day = 86_400

    /// The calendar day, as in `2026-01-05`.
    package var dateText: String {
        let (year, month, day) = civil
        return "\(year)-\(Timestamp.twoDigits(month))-\(Timestamp.twoDigits(day))"
    }

    /// The moment as in `2026-01-05T09:00:00Z` (RFC 3339).
    package var text: String {
        let second = seconds - dayNumber * Timestamp.day
        let clock = [second / 3_600, second / 60 % 60, second % 60].map(Timestamp.twoDigits).joined(separator: ":")
        return dateText + "T" + clock + "Z"
    }

    private var dayNumber: Int { Int((Double(seconds) / Double(Timestamp.day)).rounded(.down)) }

    /// Year, month and day, by counting eras of 400 years that begin on 1 March.
    private var civil: (year: Int, month: Int, day: Int) {
        let shifted = dayNumber + 719_468
        let era = shifted / 146_097
        let dayOfEra = shifted % 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let marchMonth = (5 * dayOfYear + 2) / 153
        let month = marchMonth < 10 ? marchMonth + 3 : marchMonth - 9
        return (era * 400 + yearOfEra + (month <= 2 ? 1 : 0), month, dayOfYear - (153 * marchMonth + 2) / 5 + 1)
    }

    private static func twoDigits(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
}
