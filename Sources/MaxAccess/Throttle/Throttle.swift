internal import Foundation
internal import Synchronization

/// Counts of what is tried from each network and from all together, in memory.
///
/// It slows down and never shuts: whoever waits as long as it says is let try again.
final class Throttle: Sendable {
    /// The shortest wait that is one, in seconds: less is the rounding of a clock.
    private static let instant = 0.001

    private let each: TokenBucket.Limit
    private let all: TokenBucket.Limit
    private let counts = Mutex(Counts())

    private struct Counts: Sendable {
        var each: [String: TokenBucket] = [:]
        var all: TokenBucket?
    }

    init(each: TokenBucket.Limit, all: TokenBucket.Limit) {
        self.each = each
        self.all = all
    }

    /// Counts an attempt of a network, unless there were too many.
    ///
    /// - Parameter sparingAll: Whether it is free of the limit for all together.
    /// - Returns: How many seconds to wait when there were too many, and then nothing is counted; nil otherwise.
    func take(_ network: String, sparingAll: Bool = false, at time: Date) -> Double? {
        counts.withLock { counts in
            var mine = counts.each[network] ?? TokenBucket(each, at: time)
            var everyone = counts.all ?? TokenBucket(all, at: time)
            mine.fill(at: time)
            everyone.fill(at: time)
            if counts.each[network] != nil { counts.each[network] = mine }
            counts.all = everyone
            let wait = max(mine.wait(at: time), sparingAll ? 0 : everyone.wait(at: time))
            guard wait < Self.instant else { return wait }
            mine.take()
            if !sparingAll { everyone.take() }
            // A full measure says nothing: what is kept is what the limit for all let through lately.
            counts.each = counts.each.filter { !$0.value.isFull(at: time) }
            counts.each[network] = mine
            counts.all = everyone
            return nil
        }
    }

    /// Forgets what a network tried, since it was right in the end.
    func forgive(_ network: String, sparingAll: Bool = false) {
        counts.withLock { counts in
            counts.each[network] = nil
            if !sparingAll { counts.all?.giveBack() }
        }
    }
}
