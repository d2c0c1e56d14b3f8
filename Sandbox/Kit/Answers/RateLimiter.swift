internal import Synchronization

/// Counts each key's requests in windows of one length.
package final class RateLimiter: Sendable {
    package struct Allowance: Sendable {
        package let limit: Int
        package let remaining: Int
        package let secondsToReset: Int
        package let isExceeded: Bool
    }

    private struct Window {
        var began: ContinuousClock.Instant
        var counts: [String: Int] = [:]
    }

    private let limit: Int
    private let length: Duration
    private let window = Mutex(Window(began: .now))

    /// Creates a limit for every window of a length.
    package init(_ limit: Int, each length: Duration) {
        self.limit = max(limit, 1)
        self.length = length
    }

    /// Counts a request of a key and tells what is left to it.
    package func take(_ key: String) -> Allowance {
        let now = ContinuousClock.now
        return window.withLock { window in
            if now - window.began >= length { window = Window(began: now) }
            let count = (window.counts[key] ?? 0) + 1
            window.counts[key] = count
            let left = length - (now - window.began)
            return Allowance(
                limit: limit, remaining: max(limit - count, 0), secondsToReset: Int(left.components.seconds) + 1,
                isExceeded: count > limit)
        }
    }
}
