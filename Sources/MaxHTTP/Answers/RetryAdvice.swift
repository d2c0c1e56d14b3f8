internal import Foundation
internal import MaxConnector

/// What an answer says about when to ask again.
struct RetryAdvice: Sendable, Hashable {
    /// How long to wait, in seconds, at most a day; nil when the answer does not say.
    let seconds: Double?
    /// The moment before which it wants no request, where that is more than a day away; at most a hundred years.
    let day: Date?
    /// Whether the answer is about the number of requests.
    let isRateLimited: Bool

    /// Reads `Retry-After` (RFC 9110, section 10.2.3) and the rate-limit headers that most providers send.
    init(_ answer: UpstreamResponse, now: Date = Date()) {
        let retryAfter = answer.header("Retry-After").flatMap { Self.seconds(retryAfter: $0, now) }
        let remaining = answer.header("X-RateLimit-Remaining") ?? answer.header("RateLimit-Remaining")
        let isSpent = remaining.flatMap { Double($0) } == 0
        let reset = answer.header("X-RateLimit-Reset") ?? answer.header("RateLimit-Reset")
        let wait = retryAfter ?? (isSpent ? reset.flatMap { Self.seconds(reset: $0, now) } : nil)
        seconds = wait.map { min(max(0, $0.rounded(.up)), Self.aDay) }
        day = wait.flatMap { $0 > Self.aDay ? now + min($0, 36_525 * Self.aDay) : nil }
        isRateLimited = retryAfter != nil || isSpent
    }

    private static let aDay = 86_400.0

    private static func seconds(retryAfter text: String, _ now: Date) -> Double? {
        if let seconds = Double(text), seconds.isFinite { return seconds }
        let format = Date.VerbatimFormatStyle(
            format: """
                \(weekday: .abbreviated), \(day: .twoDigits) \(month: .abbreviated) \(year: .padded(4)) \
                \(hour: .twoDigits(clock: .twentyFourHour, hourCycle: .zeroBased)):\(minute: .twoDigits):\
                \(second: .twoDigits) GMT
                """,
            locale: Locale(identifier: "en_US_POSIX"), timeZone: .gmt, calendar: Calendar(identifier: .gregorian))
        return (try? Date(text, strategy: format.parseStrategy))?.timeIntervalSince(now)
    }

    /// Reads a reset, which is a moment with some providers and a length of time with others.
    private static func seconds(reset text: String, _ now: Date) -> Double? {
        guard let value = Double(text), value.isFinite else { return nil }
        return value > 1e9 ? value - now.timeIntervalSince1970 : value
    }
}
