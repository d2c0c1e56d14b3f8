package import Foundation

/// Times in the words people use.
package enum Phrase {
    /// How long something has to go: “58 minutes”.
    package static func duration(_ seconds: TimeInterval) -> String {
        let minutes = Int((seconds / 60).rounded())
        return switch minutes {
        case ..<1: "less than a minute"
        case ..<60: count(minutes, "minute")
        case ..<(48 * 60): count(Int((Double(minutes) / 60).rounded()), "hour")
        default: count(minutes / 60 / 24, "day")
        }
    }

    /// A number of things: “1 secret”, “1,243 records”.
    package static func count(_ number: Int, _ thing: String) -> String {
        "\(self.number(number)) \(thing)\(number == 1 ? "" : "s")"
    }

    /// A number with its thousands apart: “1,243”.
    package static func number(_ number: Int) -> String {
        var digits = String(number.magnitude)
        var groups: [Substring] = []
        while digits.count > 3 {
            groups.insert(digits.suffix(3), at: 0)
            digits.removeLast(3)
        }
        return (number < 0 ? "-" : "") + ([Substring(digits)] + groups).joined(separator: ",")
    }

    /// A number of bytes: “900 bytes”, “480 MB”, “1.9 GB”, in units of a thousand.
    package static func size(_ bytes: Int) -> String {
        var (value, unit) = (Double(bytes), 0)
        let units = ["bytes", "KB", "MB", "GB", "TB"]
        while value >= 999.5, unit + 1 < units.count { (value, unit) = (value / 1000, unit + 1) }
        let isShort = unit > 2 && value < 99.95
        return "\(String(format: isShort ? "%.1f" : "%.0f", value)) \(units[unit])"
    }

    /// How long something took or will take, when that may be short: “under 0.1 s”, “0.4 s”, “12 s”, “3 minutes”.
    package static func span(_ seconds: TimeInterval) -> String {
        switch seconds {
        case ..<0.05: "under 0.1 s"
        case ..<9.95: String(format: "%.1f s", seconds)
        case ..<90: "\(Int(seconds.rounded())) s"
        default: duration(seconds)
        }
    }

    /// How long something will still take, in words that do not change too often: “4 seconds”, “2 minutes”.
    package static func rest(_ seconds: TimeInterval) -> String {
        seconds < 55 ? count(max(1, Int(seconds.rounded(.up))), "second") : duration(seconds)
    }

    /// How long ago something was: “now”, “5 minutes ago”.
    package static func age(_ seconds: TimeInterval) -> String { seconds < 60 ? "now" : duration(seconds) + " ago" }

    /// An instant in UTC without its seconds, `2026-01-05 09:00`; nil for a text that is none.
    package static func shortTime(_ text: String) -> String? {
        guard text.utf8.count >= 20, text.utf8.last == UInt8(ascii: "Z"),
            text.wholeMatch(of: /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z/) != nil
        else { return nil }
        return text.prefix(10) + " " + text.dropFirst(11).prefix(5)
    }

    /// A day in UTC: “3 March 2027”.
    package static func day(_ date: Date) -> String {
        let style = Date.FormatStyle(locale: Locale(identifier: "en_GB"), timeZone: .gmt)
        return date.formatted(style.day().month(.wide).year())
    }

    /// A point in time: `2026-02-28 09:41 UTC`.
    package static func moment(_ date: Date) -> String {
        let style = Date.ISO8601FormatStyle(dateTimeSeparator: .space).year().month().day().time(
            includingFractionalSeconds: false)
        return date.formatted(style).dropLast(3) + " UTC"
    }
}
