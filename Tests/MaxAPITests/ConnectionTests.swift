import HTTPTypes
import MaxCore
import MaxEngines
import MaxHub
import MaxSync
import Testing

@testable import MaxAPI

/// What is done with connections and their syncs.
struct ConnectionTests {
    @Test func `renames by label and by short name, and finds by the new one`() async throws {
        try await Site.with { site in
            let connection = try await site.connection()
            let agent = try await site.agent(.read, .manage)
            let reply = try await agent.send(
                .patch, "/v1/connections/\(connection.slug)", ["label": "Work", "slug": "work"])
            #expect((reply.status, reply["label"], reply["slug"]) == (200, "Work", "work"))
            #expect(try await agent.get("/v1/connections/work")["id"]?.string == connection.id.rawValue)
            #expect(try await agent.get("/v1/connections/\(connection.slug)").status == 404)
            let padded = try await agent.send(.patch, "/v1/connections/work", ["label": "  👩‍🚀 Familie  "])
            #expect(padded["label"] == "👩‍🚀 Familie")
            for wrong in [
                ["slug": "no good"], ["label": ""], ["label": "two\nlines"], ["slug": "all"],
                ["label": "turned \u{202E}around"], ["label": "\u{200B}"],
                ["label": .string("a" + String(repeating: "\u{301}", count: 2000))],
            ] as [JSON] {
                #expect(try await agent.send(.patch, "/v1/connections/work", wrong).code == "name_invalid")
            }
        }
    }

    @Test func `changes when it is synced by itself, and leaves it alone`() async throws {
        try await Site.with { site in
            let connection = try await site.connection()
            let agent = try await site.agent(.read, .manage)
            let path = "/v1/connections/\(connection.slug)/schedule"
            let reply = try await agent.send(.patch, path, ["every": 7200])
            #expect((reply.status, reply["schedule"]?["every"], reply["schedule"]?["own"]) == (200, 7200, true))
            let paused = try await agent.send(.patch, path, ["every": 0, "paused": true])
            #expect((paused["state"], paused["schedule"]?["own"]) == ("paused", false))
            #expect(paused["health"]?["headline"] == "paused" && paused["health"]?["action"] == "resume")
            #expect(try await agent.post("/v1/connections/\(connection.slug)/sync").status == 409)
            #expect(try await agent.send(.patch, path, ["paused": false])["state"] == "active")
            for wrong in [["every": 1], ["every": 299], ["every": 2_678_401]] as [JSON] {
                let refused = try await agent.send(.patch, path, wrong)
                #expect((refused.status, refused.code) == (400, "interval_invalid"))
            }
            let reader = try await site.agent(.read)
            #expect(try await reader.send(.patch, path, ["paused": true]).status == 403)
            _ = try await agent.post("/v1/connections/\(connection.slug)/revoke")
            #expect(try await agent.send(.patch, path, ["paused": true]).status == 409)
        }
    }

    @Test func `asks for one sync at a time, and tells how it stands`() async throws {
        try await Site.with { site in
            let connection = try await site.connection()
            let agent = try await site.agent(.read, .manage)
            let path = "/v1/connections/\(connection.slug)/sync"
            let reply = try await agent.post(path, ["mode": "changes"])
            #expect((reply.status, reply["state"], reply["connection"]?.string) == (202, "requested", connection.slug))
            #expect(try await agent.post(path)["id"] == reply["id"])
            #expect(try await agent.post(path, ["only": ["Nothing"]]).code == "entity_unknown")
            #expect(try await agent.post(path, ["mode": "all"]).code == "body_unfit")
            let run = try "/v1/runs/\(#require(reply["id"]?.string))"
            #expect(try await agent.post("\(run)/cancel")["state"] == "cancelled")
            #expect(try await agent.get(run)["state"] == "cancelled")
            #expect(try await agent.get("/v1/runs/run_none").code == "run_not_found")
        }
    }

    @Test func `disconnects for a manager, and erases for the owner alone`() async throws {
        try await Site.with { site in
            let connection = try await site.connection()
            let (agent, owner) = (try await site.agent(.read, .manage), try await site.owner())
            let path = "/v1/connections/\(connection.slug)"
            #expect(try await agent.post("\(path)/revoke")["state"] == "revoked")
            #expect(try await agent.post("\(path)/sync").code == "connection_revoked")
            #expect(try await agent.send(.delete, path).code == "owner_only")
            #expect(try await owner.send(.delete, path).status == 204)
            #expect(try await owner.get(path).status == 404)
        }
    }

    @Test func `gives every item of a list on one page or the next`() async throws {
        try await Site.with { site in
            let connection = try await site.connection()
            for _ in 0..<7 {
                let run = try await site.engines.sync().request(connection.id)
                _ = try await site.engines.sync().cancel(run.id)
            }
            let agent = try await site.agent(.read)
            let all = try await agent.get("/v1/runs")["items"]?.array ?? []
            #expect(all.count >= 7)
            for size in [1, 3, all.count - 1, all.count] {
                #expect(try await agent.everything("/v1/runs?connection=\(connection.slug)&limit=\(size)") == all)
            }
            #expect(try await agent.get("/v1/runs?after=cnVuX25vbmU").code == "cursor_foreign")
        }
    }
}

extension Person {
    /// The items of every page.
    func everything(_ uri: String) async throws -> [JSON] {
        var (items, next): ([JSON], String?) = ([], nil)
        repeat {
            let page = try await get(uri + (next.map { "&after=\($0)" } ?? ""))
            items += page["items"]?.array ?? []
            next = page["next"]?.string
        } while next != nil && items.count < 10_000
        return items
    }
}
