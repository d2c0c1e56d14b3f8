internal import Foundation

/// Times in the words people use.
enum Phrase {
    /// How long something has to go: “58 minutes”.
    static func duration(_ seconds: TimeInterval) -> String {
        let minutes = Int((seconds / 60).rounded())
        return switch minutes {
        case ..<1: "less than a minute"
        case ..<60: count(minutes, "minute")
        case ..<(48 * 60): count(Int((Double(minutes) / 60).rounded()), "hour")
        default: count(minutes / 60 / 24, "day")
        }
    }

    /// A number of things: “1 secret”, “2 secrets”.
    static func count(_ number: Int, _ thing: String) -> String { "\(number) \(thing)\(number == 1 ? "" : "s")" }

    /// A point in time: `2026-02-28 09:41 UTC`.
    static func moment(_ date: Date) -> String {
        let style = Date.ISO8601FormatStyle(dateTimeSeparator: .space).year().month().day().time(
            includingFractionalSeconds: false)
        return date.formatted(style).dropLast(3) + " UTC"
    }
}
