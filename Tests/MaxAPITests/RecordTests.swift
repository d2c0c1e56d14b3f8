import MaxCore
import MaxEngines
import MaxHub
import Testing

@testable import MaxAPI

/// Questions to what was collected.
struct RecordTests {
    @Test func `answers questions about records`() async throws {
        try await Site.with { site in
            let slug = try await site.syncedConnection().slug
            let agent = try await site.agent(.read)
            let questions = "/v1/records?scope=\(slug)&entity=AcmeTask"
            let all = try await agent.everything("\(questions)&limit=37&order=title,id")
            let count = try await agent.get("/v1/records/count?scope=all&entity=AcmeTask")["count"]?.integer
            #expect(count.map(Int.init) == all.count)
            #expect(Set(all.compactMap { $0["id"]?.string }).count == all.count)

            let open = try await agent.everything("\(questions)&filter=status%20=%20open&fields=title")
            let groups = try await agent.get("/v1/records/count?scope=all&entity=AcmeTask&groupBy=status")
            let told = groups["groups"]?.array?.first { $0["value"] == "open" }?["count"]?.integer ?? 0
            #expect(open.count == Int(told))
            #expect(groups["more"] == false)

            let ref = try #require(all.first?["ref"]?.string)
            let record = try await agent.get("/v1/record?ref=\(ref)")
            #expect(record["record"] == all.first)
            #expect(record["parents"]?.array?.isEmpty == false)
        }
    }

    @Test func `says what is wrong with a question`() async throws {
        try await Site.with { site in
            let slug = try await site.syncedConnection().slug
            let agent = try await site.agent(.read)
            for (query, code) in [
                ("scope=nowhere&entity=AcmeTask", "connection_not_found"), ("scope=all&entity=Tsk", "entity_unknown"),
                ("scope=all&entity=AcmeTask&filter=stats%20=%201", "filter_invalid"),
                ("scope=all&entity=AcmeTask&order=nothing", "order_invalid"),
                ("scope=all&entity=AcmeTask&fields=nothing", "fields_invalid"),
                ("scope=all&entity=AcmeTask&after=zz", "cursor_foreign"), ("scope=all", "parameter_missing"),
            ] {
                #expect(try await agent.get("/v1/records?\(query)").code == code, "\(query)")
            }
            #expect(try await agent.get("/v1/record?ref=\(slug):AcmeTask/none").code == "record_not_found")
            #expect(try await agent.get("/v1/record?ref=nonsense").code == "ref_invalid")
        }
    }

    @Test func `tells what changed, from the beginning and from there on`() async throws {
        try await Site.with { site in
            let slug = try await site.syncedConnection().slug
            let agent = try await site.agent(.read)
            var (path, changes) = ("/v1/changes?connection=\(slug)&limit=100", 0)
            while true {
                let page = try await agent.get(path)
                changes += page["items"]?.array?.count ?? 0
                path = "/v1/changes?connection=\(slug)&limit=100&after=\(try #require(page["next"]?.string))"
                guard page["more"] == true else { break }
            }
            let schema = try await agent.get("/v1/schema?name=acme")["items"]?.array ?? []
            #expect(changes == schema.compactMap { $0["records"]?.integer }.reduce(0) { $0 + Int($1) })
            #expect(try await agent.get(path)["items"] == [])
        }
    }
}
