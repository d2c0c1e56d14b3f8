import Foundation
import HTTPTypes
import MaxCore
import MaxEngines
import MaxHub
import Testing

@testable import MaxAPI

/// What the owner has to know, as programs read it.
struct NoticeTests {
    /// Tells so many things of a connection, the expiry of its credential first.
    private func tell(_ site: Site, _ count: Int = 1, of connection: Connection) async throws -> [Notice] {
        let raised = (0..<count).map { number in
            NoticeTurn.Raised(
                NoticeDraft(
                    .expiring, key: NoticeKey(.expiring, "\(number)"), connection: connection.id,
                    title: "Notice \(number)", sentence: "It ends soon.", action: .reconnect,
                    link: URL(string: "https://acme.test/tokens")), as: NoticeID(in: .real))
        }
        return try await site.engines.requireStore().turn(NoticeTurn(raised: raised), at: Date())
    }

    @Test func `a notice is listed with what mends it, page by page`() async throws {
        try await Site.with { site in
            let connection = try await site.connection()
            _ = try await tell(site, 3, of: connection)
            let agent = try await site.agent(.read)
            let first = try await agent.get("/v1/notices?limit=2")
            #expect(first["items"]?.array?.map { $0["title"] } == ["Notice 2", "Notice 1"])
            let notice = try #require(first["items"]?.array?.first)
            #expect(notice["connection"] == .string(connection.slug) && notice["action"] == "reconnect")
            #expect(notice["link"] == "https://acme.test/tokens" && notice["muted"] == false)
            let next = try #require(first["next"]?.string)
            let last = try await agent.get("/v1/notices?limit=2&after=\(next)")
            #expect(last["items"]?.array?.map { $0["title"] } == ["Notice 0"] && last["next"] == .null)
            #expect(try await agent.get("/v1/notices?after=bnRjX25vbmU").code == "cursor_foreign")
        }
    }

    @Test func `reading is for those who may manage`() async throws {
        try await Site.with { site in
            let told = try await tell(site, 2, of: site.connection())
            let path = "/v1/notices/\(told[0].id.rawValue)/read"
            #expect(try await site.agent(.read).post(path).status == 403)
            let agent = try await site.agent(.read, .manage)
            #expect(try await agent.post(path).status == 204)
            #expect(try await site.engines.unreadNotices() == 1)
            #expect(try await agent.post("/v1/notices/read").status == 204)
            #expect(try await site.engines.unreadNotices() == 0)
            #expect(try await agent.get("/v1/notices")["items"]?.array?.count == 2)
            #expect(try await agent.post("/v1/notices/ntc_none/read").code == "notice_not_found")
        }
    }

    @Test func `a kind is muted for one connection, and unmuted`() async throws {
        try await Site.with { site in
            let connection = try await site.connection()
            _ = try await tell(site, of: connection)
            let agent = try await site.agent(.read, .manage)
            let mute: JSON = ["kind": "expiring", "connection": .string(connection.slug), "muted": true]
            let mutes = try await agent.send(.patch, "/v1/notices/mutes", mute)
            #expect(mutes["mutes"] == [["kind": "expiring", "connection": .string(connection.slug)]])
            #expect(try await agent.get("/v1/notices")["items"] == [])
            let all = try await agent.get("/v1/notices?all=1")
            #expect(all["items"]?.array?.map { $0["muted"] } == [true])
            let unmute: JSON = ["kind": "expiring", "connection": .string(connection.id.rawValue), "muted": false]
            #expect(try await agent.send(.patch, "/v1/notices/mutes", unmute)["mutes"] == [])
            #expect(try await agent.get("/v1/notices/mutes")["mutes"] == [])
            #expect(try await agent.get("/v1/notices")["items"]?.array?.count == 1)
            let stranger: JSON = ["kind": "expiring", "connection": "nobody", "muted": true]
            #expect(try await agent.send(.patch, "/v1/notices/mutes", stranger).status == 404)
            #expect(try await agent.send(.patch, "/v1/notices/mutes", ["kind": "sun", "muted": true]).status == 422)
        }
    }
}
