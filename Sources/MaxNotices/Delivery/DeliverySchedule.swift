package import Foundation

/// When a message that was not taken is tried again.
///
/// At first soon, for what passes by itself; then ever more rarely, over a day and a third.
package enum DeliverySchedule {
    /// The waits between one try and the next, in seconds.
    package static let waits: [TimeInterval] = [5, 300, 1_800, 7_200, 18_000, 36_000, 36_000]
    /// The longest wait that the other side may ask for, in seconds.
    private static let longest: TimeInterval = 86_400

    /// When to try again; nil when it is given up.
    ///
    /// - Parameters:
    ///   - tries: How many failed, the last one included; at least one.
    ///   - time: When the last one failed.
    ///   - wish: How many seconds the other side asked to wait; nil when it did not.
    package static func next(after tries: Int, at time: Date, wish: TimeInterval? = nil) -> Date? {
        guard tries <= waits.count else { return nil }
        return time + max(waits[max(1, tries) - 1], min(wish ?? 0, longest))
    }
}
