import Foundation
import HostileServer
import MaxConnector
import MaxCore
import MaxHub
import MaxStore
import MaxVault
import NoticeReceivers
import Testing

@testable import MaxNotices

/// Notices that are over, read or muted while they wait to be sent.
@Suite(.timeLimit(.minutes(5))) struct PassedNoticeTests {
    private func payload(_ post: HookReceiver.Post) throws -> JSON { try JSON(parsing: post.body) }

    @Test func `what is over, read or muted before its first try is not sent`() async throws {
        try await HookReceiver.run { receiver in
            try await PostOffice.run { office in
                _ = try await office.hook(receiver.url)
                try await office.tell("over", "news")
                try await office.tell("read", kind: .expiring)
                try await office.tell("synced", kind: .firstSync)
                try await office.tell("muted", kind: .diskLow)
                _ = try await office.store.turn(
                    NoticeTurn(cleared: [NoticeKey(.needsAttention, "over")]), at: now)
                try await office.store.readNotices(NoticeID(rawValue: "ntc_read"), at: now)
                try await office.store.readNotices(NoticeID(rawValue: "ntc_synced"), at: now)
                try await office.store.setMuted(true, NoticeMute(.diskLow))
                await office.keeper.sendAll()
                #expect(try receiver.posts.all.map { try payload($0)["data"]?["id"] } == ["ntc_news"])
                // What is so again, or wanted again, is news again.
                try await office.tell("over")
                try await office.store.setMuted(false, NoticeMute(.diskLow))
                await office.keeper.sendAll()
                #expect(
                    try receiver.posts.all.map { try payload($0)["data"]?["id"] } == [
                        "ntc_news", "ntc_over", "ntc_muted",
                    ])
            }
        }
    }

    @Test func `what ends between a plan and its try is not begun`() async throws {
        try await PostOffice.run { office in
            let (hook, _) = try await office.hook("https://127.0.0.1:1/x")
            try await office.tell("a", "b", "c", "d")
            let plan = try #require(DeliveryPlan.next(try await office.deliveries(hook.id), at: now))
            #expect(plan.dispatch.notices.count == 4)
            try await office.store.readNotices(NoticeID(rawValue: "ntc_b"), at: now)
            #expect(try await office.store.begin(plan.dispatch, tries: 0, until: now + 120).isEmpty)
            let next = try #require(DeliveryPlan.next(try await office.deliveries(hook.id), at: now))
            #expect(next.tries == 0)
            #expect(next.dispatch.notices.map(\.rawValue) == ["ntc_a"])
        }
    }

    @Test func `what was tried goes on being tried with the same body, whatever became of it`() async throws {
        try await HookReceiver.run {
            HookReceiver.Answer($0 < 1 ? 503 : 204)
        } _: { receiver in
            try await PostOffice.run { office in
                let (hook, _) = try await office.hook(receiver.url)
                try await office.tell("a", "b", "c", "d")
                let keeper = DeliveryKeeper(office.channels) { notice in
                    let json: JSON = ["id": .string(notice.id.rawValue), "isOpen": .bool(notice.isOpen)]
                    return NoticeStory(notice, json: json, advice: nil, page: nil)
                }
                await keeper.sendAll()
                _ = try await office.store.turn(NoticeTurn(cleared: [NoticeKey(.needsAttention, "a")]), at: now)
                try await office.store.readNotices(nil, at: now)
                try await office.store.setMuted(true, NoticeMute(.needsAttention))
                office.advance(by: 5)
                await keeper.sendAll()
                let posts = receiver.posts.all
                #expect(posts.count == 2)
                #expect(Set(posts.map { $0.headers["webhook-id"] }).count == 1)
                #expect(Set(posts.map(\.body)).count == 1)
                #expect(try await office.deliveries(hook.id).map(\.state) == Array(repeating: .sent, count: 4))
            }
        }
    }
}
