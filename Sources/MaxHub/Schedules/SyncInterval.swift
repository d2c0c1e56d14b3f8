package import Foundation
package import MaxCore

/// The time between two syncs, as people write and read it.
package enum SyncInterval {
    private static let units: [(letter: Character, seconds: Int, name: String)] = [
        ("w", 604_800, "week"), ("d", 86400, "day"), ("h", 3600, "hour"), ("m", 60, "minute"),
    ]

    /// Reads a number with its unit: `30m`, `2h`, `1d`, `1w`.
    ///
    /// - Throws: ``MaxCore/MaxError`` with code `interval_invalid`.
    package static func read(_ text: String) throws(MaxError) -> TimeInterval {
        let unit = units.first { $0.letter == text.last }
        guard let unit, let count = Int(text.dropLast()), count > 0, text.utf8.count < 8 else {
            throw MaxError(
                .intervalInvalid, "\(text.quoted) is no time between two syncs.",
                fix: "Write a number with its unit, such as 30m, 2h or 1d.")
        }
        return try check(Double(count * unit.seconds))
    }

    /// The time, when an owner may choose it.
    ///
    /// - Throws: ``MaxCore/MaxError`` with code `interval_invalid`.
    @discardableResult
    package static func check(_ seconds: TimeInterval) throws(MaxError) -> TimeInterval {
        guard SyncSchedule.choice.contains(seconds) else {
            throw MaxError(
                .intervalInvalid, "The time between two syncs is from five minutes to 31 days.",
                fix: "Choose another one, such as 1h.")
        }
        return seconds
    }

    /// For people: “every 2 hours”, “every day”.
    package static func words(_ seconds: TimeInterval) -> String {
        let whole = Int(seconds)
        let unit = units.first { whole >= $0.seconds && whole % $0.seconds == 0 } ?? ("s", 1, "second")
        let count = whole / unit.seconds
        return count == 1 ? "every \(unit.name)" : "every \(Phrase.count(count, unit.name))"
    }
}

extension MaxError.Code {
    /// A time between two syncs cannot be read, or is not among those that can be chosen.
    package static let intervalInvalid: Self = "interval_invalid"
}
