import Foundation
import MaxHub
import Testing

@testable import MaxNotices

@Suite struct DeliveryPlanTests {
    private let now = Date(timeIntervalSince1970: 1_800_000_000)

    private func delivery(
        _ number: Int, _ state: NoticeDelivery.State = .waiting, message: Int? = nil, tries: Int = 0,
        queued: TimeInterval = 0, next: TimeInterval = 0, done: TimeInterval? = nil
    ) -> NoticeDelivery {
        NoticeDelivery(
            channel: NoticeChannelID(rawValue: "chn"), notice: NoticeID(rawValue: "ntc_\(number)"),
            message: NoticeMessageID(rawValue: "msg_\(message ?? number)"), state: state, tries: tries,
            queuedAt: now + queued, nextAt: state == .waiting ? now + next : nil, doneAt: done.map { now + $0 })
    }

    private func plan(_ deliveries: [NoticeDelivery]) -> [String]? {
        DeliveryPlan.next(deliveries, at: now)?.dispatch.notices.map(\.rawValue)
    }

    @Test func `where nothing waits nothing is sent`() {
        #expect(plan([]) == nil)
        #expect(plan([delivery(1, .sent, tries: 1, done: -5), delivery(2, .givenUp, tries: 8, done: -5)]) == nil)
    }

    @Test func `up to three go one by one, the oldest first, each with its own id`() {
        let three = (1...3).map { delivery($0) }
        #expect(plan(three) == ["ntc_1"])
        #expect(DeliveryPlan.next(three, at: now)?.dispatch.message.rawValue == "msg_1")
        #expect(plan([delivery(1, .sent, done: -1), delivery(2, .sent, done: -1), delivery(3)]) == ["ntc_3"])
    }

    @Test func `more than three become one`() {
        #expect(plan((1...4).map { delivery($0) }) == ["ntc_1", "ntc_2", "ntc_3", "ntc_4"])
        #expect(plan([delivery(1, .sent, done: -9), delivery(2), delivery(3), delivery(4)])?.count == 3)
        #expect(plan((1...60).map { delivery($0) })?.count == 50)
    }

    @Test func `after three messages in ten minutes the rest waits until they are over, and is one then`() {
        let sent = (1...3).map { delivery($0, .sent, done: -500) }
        let late = [delivery(4, queued: -400), delivery(5, queued: -300)]
        #expect(plan(sent + late) == nil)
        #expect(DeliveryPlan.next(sent + late, at: now + 101)?.dispatch.notices.count == 1)
        let more = late + (6...8).map { delivery($0) }
        #expect(plan(sent + more) == nil)
        #expect(DeliveryPlan.next(sent + more, at: now + 101)?.dispatch.notices.count == 5)
    }

    @Test func `a digest counts as one message`() {
        let digest = (1...9).map { delivery($0, .sent, message: 1, done: -5) }
        #expect(plan(digest + [delivery(10)]) == ["ntc_10"])
    }

    @Test func `what failed is tried again as it was when its time has come, before what is new`() {
        let failed = [delivery(1, message: 1, tries: 2, next: -1), delivery(2, message: 1, tries: 2, next: -1)]
        let plan = DeliveryPlan.next([delivery(3)] + failed, at: now)
        #expect(plan?.dispatch.notices.map(\.rawValue) == ["ntc_1", "ntc_2"])
        #expect(plan?.dispatch.message.rawValue == "msg_1")
        #expect(plan?.tries == 2)
    }

    @Test func `what is new waits half an hour for a channel that fails, and no longer`() {
        let failed = delivery(1, tries: 3, queued: -9_000, next: 4_000)
        #expect(plan([failed]) == nil)
        #expect(plan([failed, delivery(2, queued: -1_799)]) == nil)
        #expect(plan([failed, delivery(2, queued: -1_800)]) == ["ntc_2"])
    }

    @Test func `a clock that was set back holds nothing up`() {
        let ahead = 365.0 * 86_400
        #expect(plan([delivery(1, tries: 1, next: ahead)]) == ["ntc_1"])
        #expect(plan((1...3).map { delivery($0, .sent, done: ahead) } + [delivery(4)]) == ["ntc_4"])
        #expect(plan([delivery(1, tries: 1, next: 4_000), delivery(2, queued: ahead)]) == ["ntc_2"])
    }
}
