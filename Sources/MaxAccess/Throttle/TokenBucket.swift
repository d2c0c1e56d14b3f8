internal import Foundation

/// A measure that empties by attempts and fills with time.
struct TokenBucket: Sendable {
    private let limit: Limit
    private var level: Double
    private var filledAt: Date

    /// How many attempts are free at once, and how many seconds one more takes.
    struct Limit: Sendable, Hashable {
        let burst: Double
        let seconds: Double
    }

    init(_ limit: Limit, at time: Date) {
        self.limit = limit
        level = limit.burst
        filledAt = time
    }

    /// How many seconds it takes until an attempt is free; 0 when one is.
    func wait(at time: Date) -> Double { max(0, 1 - level(at: time)) * limit.seconds }

    /// Fills up with the time that has passed; after the clock was put back, from the time it tells now.
    mutating func fill(at time: Date) {
        level = level(at: time)
        filledAt = time
    }

    /// Takes one attempt out.
    mutating func take() { level -= 1 }

    /// Puts one attempt back.
    mutating func giveBack() { level = min(limit.burst, level + 1) }

    /// Whether it is as good as new.
    func isFull(at time: Date) -> Bool { level(at: time) >= limit.burst }

    /// A clock that was put back has filled nothing, and emptied nothing.
    private func level(at time: Date) -> Double {
        min(limit.burst, level + max(0, time.timeIntervalSince(filledAt)) / limit.seconds)
    }
}

extension TokenBucket.Limit {
    /// Five passphrases at once from one network, then one every 12 seconds.
    static let signInEach = Self(burst: 5, seconds: 12)
    /// Twenty passphrases at once from everywhere, then one every 3 seconds.
    static let signInAll = Self(burst: 20, seconds: 3)
    /// Ten wrong codes at once, then one every 6 seconds: of 20⁸ codes with 100 in use, a year finds one by chance of 2 %.
    static let userCode = Self(burst: 10, seconds: 6)
    /// Ten requests at once from one network, then one a minute.
    static let requestEach = Self(burst: 10, seconds: 60)
    /// Fifty requests at once from everywhere, then one every 6 seconds.
    static let requestAll = Self(burst: 50, seconds: 6)
}
