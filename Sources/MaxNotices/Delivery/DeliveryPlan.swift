package import Foundation
package import MaxHub

/// What is sent next through a channel, as a pure function of what waits there and the time.
///
/// Whoever gets three messages within ten minutes gets what comes after them as one, when the ten minutes are over; and
/// what waits in greater number goes as one at once. While a channel fails, what is new waits with it for a while.
package struct DeliveryPlan: Sendable, Hashable {
    /// The message, with the notices in the order in which they came.
    package let dispatch: NoticeDispatch
    /// How often it was tried before.
    package let tries: Int

    /// How far apart two messages are that do not count as a storm, in seconds.
    private static let window: TimeInterval = 600
    /// How many messages go out within ``window`` before they become one.
    private static let mostMessages = 3
    /// How many notices one digest tells of.
    private static let mostNotices = 50
    /// How long what is new waits for a channel that fails, in seconds.
    private static let longestHold: TimeInterval = 1_800
    /// What is to be tried later than that was written by a clock that was ahead, in seconds.
    private static let horizon: TimeInterval = 2 * 86_400

    /// Finds the next message; nil when there is none at the moment.
    ///
    /// - Parameter deliveries: All that wait in the channel, and those that ended within the last ten minutes.
    package static func next(_ deliveries: [NoticeDelivery], at now: Date) -> DeliveryPlan? {
        let waiting = deliveries.filter { $0.state == .waiting }
        return retry(among: waiting.filter { $0.tries > 0 }, at: now)
            ?? first(among: waiting, besides: recent(among: deliveries, at: now), at: now)
    }

    /// How far back ``next(_:at:)`` looks.
    package static func horizon(at now: Date) -> Date { now - window }

    private static func retry(among tried: [NoticeDelivery], at now: Date) -> DeliveryPlan? {
        let due = tried.filter { isDue($0, at: now) }
        guard let first = due.min(by: { ($0.nextAt ?? now) < ($1.nextAt ?? now) }) else { return nil }
        return DeliveryPlan(due.filter { $0.message == first.message })
    }

    private static func first(
        among waiting: [NoticeDelivery], besides recent: Int, at now: Date
    ) -> DeliveryPlan? {
        let fresh = waiting.filter { $0.tries == 0 }
        guard let oldest = fresh.first, recent < mostMessages else { return nil }
        let isFailing = waiting.count > fresh.count
        if isFailing, (0..<longestHold).contains(now.timeIntervalSince(oldest.queuedAt)) { return nil }
        return DeliveryPlan(fresh.count + recent > mostMessages ? Array(fresh.prefix(mostNotices)) : [oldest])
    }

    /// How many messages were sent within the window.
    private static func recent(among deliveries: [NoticeDelivery], at now: Date) -> Int {
        let sent = deliveries.filter { delivery in
            delivery.state == .sent && delivery.doneAt.map { abs(now.timeIntervalSince($0)) < window } ?? false
        }
        return Set(sent.map(\.message)).count
    }

    private static func isDue(_ delivery: NoticeDelivery, at now: Date) -> Bool {
        guard let next = delivery.nextAt else { return false }
        return next <= now || next > now + horizon
    }

    private init?(_ deliveries: [NoticeDelivery]) {
        guard let first = deliveries.first else { return nil }
        dispatch = NoticeDispatch(channel: first.channel, message: first.message, notices: deliveries.map(\.notice))
        tries = first.tries
    }
}
