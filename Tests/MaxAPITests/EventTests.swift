import Foundation
import HTTPTypes
import MaxCore
import MaxEngines
import MaxHub
import MaxServer
import MaxSync
import Synchronization
import Testing

@testable import MaxAPI

/// What happens, as it happens.
struct EventTests {
    @Test func `tells of a sync until it is over`() async throws {
        try await Site.with { site in
            let connection = try await site.connection()
            let run = try await site.engines.sync().request(connection.id)
            let agent = try await site.agent(.read)
            async let stream = agent.get("/v1/runs/\(run.id.rawValue)/events")
            #expect(try await site.engines.sync().perform(run.id).state == .complete)
            let events = try await stream.events
            #expect(events.last?.data["state"] == "complete")
            #expect(events.allSatisfy { $0.name == "run" && $0.data["id"]?.string == run.id.rawValue })
            #expect(events.map(\.id) == Array(1...events.count))
            let again = try await agent.get("/v1/runs/\(run.id.rawValue)/events").events
            #expect(again.map(\.data) == [events.last?.data])
        }
    }

    @Test func `tells each state once, and at last why there is no more`() async throws {
        let looks = Mutex<[Int]>([1, 1, 2, 1])
        let sightings = Sightings(name: "setup") {
            let next = looks.withLock { $0.isEmpty ? nil : $0.removeFirst() }
            guard let next else { throw MaxError(.setupEnded, "It is gone.") }
            return (try .value(["revision": next]), false)
        }
        var told: [String] = []
        for await event in sightings { told.append("\(event.id ?? 0) \(event.name) \(event.data.prefix(20))") }
        #expect(
            told == [
                #"1 setup {"revision":1}"#, #"2 setup {"revision":2}"#, #"3 setup {"revision":1}"#,
                #"3 ended {"code":"setup_ended"#,
            ])
    }

    @Test func `goes on behind the event that arrived last`() async throws {
        try await Site.with { site in
            let connection = try await site.connection()
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask { await site.bulletin.run() }
                defer { group.cancelAll() }
                var listening = site.bulletin.serverEvents().makeAsyncIterator()
                let blank = site.bulletin.number
                while site.bulletin.number == blank { await Task.yield() }
                let start = site.bulletin.number
                var heard: [ServerEvent] = []
                for label in ["One", "Two", "Three"] {
                    try await site.engines.rows.rename(connection.id, label: label, slug: nil)
                    heard.append(try #require(await listening.next()))
                    #expect(heard.last?.data.contains(label) == true)
                }
                var again = site.bulletin.serverEvents(after: start).makeAsyncIterator()
                for event in heard { #expect(await again.next() == event) }
                var late = site.bulletin.serverEvents(after: heard[1].id).makeAsyncIterator()
                #expect(await late.next() == heard[2])
                var lost = site.bulletin.serverEvents(after: 1).makeAsyncIterator()
                #expect(await lost.next()?.name == "resync")
                let news = try JSON(parsing: Data(heard[0].data.utf8))
                #expect(Schema.shape(.connectionNews).document.misfits(of: news) == [])
            }
        }
    }

    @Test func `refuses an event's number that is none`() async throws {
        try await Site.with { site in
            let id = try #require(HTTPField.Name("Last-Event-ID"))
            let reply = try await site.agent(.read).get("/v1/events", with: [id: "yesterday"])
            #expect((reply.status, reply.code) == (400, "parameter_invalid"))
        }
    }

    @Test func `begins no stream about what there is not`() async throws {
        try await Site.with { site in
            let agent = try await site.agent(.read, .setup)
            #expect(try await agent.get("/v1/runs/none/events").code == "run_not_found")
            #expect(try await agent.get("/v1/setups/none/events").code == "setup_ended")
        }
    }
}
