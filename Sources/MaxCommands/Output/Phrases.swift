internal import Foundation

/// Times in the words people use.
enum Phrase {
    /// How long something has to go: “58 minutes”.
    static func duration(_ seconds: TimeInterval) -> String {
        let minutes = Int((seconds / 60).rounded(.up))
        return switch minutes {
        case ..<1: "less than a minute"
        case 1: "1 minute"
        case ..<120: "\(minutes) minutes"
        case ..<(48 * 60): "\(minutes / 60) hours"
        default: "\(minutes / 60 / 24) days"
        }
    }

    /// A point in time: `2026-02-28 09:41 UTC`.
    static func moment(_ date: Date) -> String {
        let style = Date.ISO8601FormatStyle(dateTimeSeparator: .space).year().month().day().time(
            includingFractionalSeconds: false)
        return date.formatted(style).dropLast(3) + " UTC"
    }
}
