import Foundation
import MaxConnector
import MaxCore
import MaxHub
import Testing

@testable import MaxSync

/// What went wrong in systems that do this job.
struct FaultTests {
    // MARK: One failure and the rest

    @Test func `collects the rest when one list may not be read, and says so`() async throws {
        try await Bench.with(Provider(shelves: 3, books: 2, notes: 1)) { bench in
            bench.provider.fail(always: "books s1", .problem(.forbidden))
            let run = try await bench.sync()
            #expect(run.state == .partial)
            #expect(run.ending?.problem == .forbidden)
            #expect(run.ending?.missing.map(\.examples) == [["Shelf/s1"]])
            #expect(run.ending?.missing.map(\.healing) == [.owner])
            #expect(run.progress.counts["Note"]?.added == 4)
        }
    }

    @Test func `heals with the next sync, without repeating the work beside it`() async throws {
        try await Bench.with(Provider(shelves: 3, books: 5, notes: 1), ShelfShape(feed: ["Book", "Note"])) { bench in
            bench.provider.fail(always: "books s1", .problem(.outage))
            #expect(try await bench.sync().state == .partial)
            bench.provider.mend()
            bench.provider.forgetCalls()
            #expect(try await bench.sync().state == .complete)
            try await bench.expectTruth()
            #expect(!bench.provider.calls.contains { $0.hasPrefix("books s0") || $0.hasPrefix("notes s0") })
        }
    }

    @Test(arguments: [nil, ["Book", "Note"]] as [Set<String>?])
    func `is not stranded by a list that fails for ever`(feed: Set<String>?) async throws {
        try await Bench.with(Provider(shelves: 2, books: 2, notes: 1), ShelfShape(feed: feed)) { bench in
            bench.provider.fail(always: "notes s0b0", .problem(.forbidden))
            for round in 0..<4 {
                bench.provider.addBook("new\(round)", on: "s1")
                let run = try await bench.sync()
                #expect(run.state == .partial)
                #expect(try await bench.stored()["Book/new\(round)"] != nil)
            }
            // And it is not what the others are read again for.
            if feed != nil {
                bench.provider.forgetCalls()
                try await bench.sync()
                #expect(Set(bench.provider.calls.filter { $0.hasPrefix("notes") }) == ["notes s0b0"])
            }
        }
    }

    @Test func `begins a feed anew whose place is refused for good`() async throws {
        try await Bench.with(Provider(shelves: 1, books: 2), ShelfShape(feed: ["Book", "Note"])) { bench in
            try await bench.sync()
            bench.provider.addBook("new", on: "s0")
            bench.provider.fail(always: "changes s0 @2", .problem(Problem("refused", .permanent, "No.")))
            #expect(try await bench.sync().state == .complete)
            try await bench.expectTruth()
            bench.provider.addBook("newer", on: "s0")
            bench.provider.forgetCalls()
            #expect(try await bench.sync().state == .complete)
            try await bench.expectTruth()
            #expect(bench.provider.calls.contains("changes s0 @3"))
        }
    }

    @Test func `leaves a page of a feed behind that cannot be understood when everything is read`() async throws {
        try await Bench.with(Provider(shelves: 1, books: 2), ShelfShape(feed: ["Book", "Note"])) { bench in
            try await bench.sync()
            bench.provider.addBook("new", on: "s0")
            let garbled = Problem("answer_not_understood", .retryable, "Not in that form.", rung: .answer)
            bench.provider.fail(always: "changes s0 @2", .problem(garbled))
            #expect(try await bench.sync().state == .partial)
            #expect(try await bench.sync(.everything).state == .complete)
            #expect(try await bench.sync().state == .complete)
            try await bench.expectTruth()
        }
    }

    @Test func `reads everything again when the last time lies in the future`() async throws {
        try await Bench.with(Provider(shelves: 1, books: 2), ShelfShape(feed: ["Book", "Note"])) { bench in
            try await bench.sync()
            bench.clock.advance(by: -86_400)
            bench.provider.forgetCalls()
            #expect(try await bench.sync().state == .complete)
            #expect(bench.provider.calls.contains("books s0"))
            bench.provider.forgetCalls()
            #expect(try await bench.sync().state == .complete)
            #expect(!bench.provider.calls.contains("books s0"))
        }
    }

    @Test func `loses no sibling of a record that is missing from a batch`() async throws {
        try await Bench.with(Provider(shelves: 1, books: 4), ShelfShape(hasDetails: true)) { bench in
            bench.provider.fail("blurbs s0b0 s0b1", .problem(.absent))
            #expect(try await bench.sync().state == .complete)
            try await bench.expectTruth()
        }
    }

    @Test func `takes a parent that is gone meanwhile for gone and not for a failure`() async throws {
        try await Bench.with(Provider(shelves: 2, books: 3, notes: 1)) { bench in
            bench.provider.onCall { [provider = bench.provider] call in
                if call == "notes s0b1" { provider.deleteBook("s0b1") }
            }
            let run = try await bench.sync()
            #expect(run.state == .complete)
            #expect(run.progress.stages.first { $0.way == "Book.notes" }?.gone == 1)
            try await bench.expectTruth()
        }
    }

    @Test func `takes a record for gone whose feed and lists are gone meanwhile`() async throws {
        try await Bench.with(Provider(shelves: 2, books: 3), ShelfShape(feed: ["Book", "Note"])) { bench in
            for call in ["changes s0", "books s0"] { bench.provider.fail(always: call, .problem(.absent)) }
            let run = try await bench.sync()
            #expect(run.state == .complete)
            #expect(run.ending?.problem == nil)
            #expect(run.progress.stages.first { $0.way == "changes" }?.gone == 1)
        }
    }

    @Test func `does not take a root that is not there for an empty account`() async throws {
        try await Bench.with(Provider(shelves: 1)) { bench in
            bench.provider.fail(always: "shelves", .problem(.absent))
            let run = try await bench.sync()
            #expect(run.state == .failed)
            #expect(run.ending?.problem == .absent)
            #expect(run.ending?.emptiness["Shelf"] == .unproven(why: "Not every list that could have any was read."))
        }
    }

    @Test func `reports a sync as failed in which nothing could be had`() async throws {
        try await Bench.with(Provider(shelves: 1)) { bench in
            bench.provider.fail(always: "shelves", .problem(.outage))
            let run = try await bench.sync()
            #expect(run.state == .failed)
            #expect(run.ending?.problem == .outage)
            #expect(bench.provider.calls.count == 5)
            bench.provider.mend()
            #expect(try await bench.sync().state == .complete)
            try await bench.expectTruth()
        }
    }

    @Test func `does not let records go that a failed list may still have`() async throws {
        try await Bench.with(Provider(shelves: 2, books: 3, notes: 1)) { bench in
            try await bench.sync()
            bench.provider.fail(always: "books s1", .problem(.outage))
            try await bench.sync(.everything)
            try await bench.expectTruth()
        }
    }

    // MARK: Trying again

    @Test func `tries an outage again and completes`() async throws {
        try await Bench.with(Provider(shelves: 1, books: 4)) { bench in
            bench.provider.fail("books s0 @s0b2", .problem(.outage), .problem(.outage), .problem(.outage))
            #expect(try await bench.sync().state == .complete)
            try await bench.expectTruth()
            #expect(bench.provider.calls.filter { $0 == "books s0 @s0b2" }.count == 4)
        }
    }

    @Test func `waits as long as the provider wants`() async throws {
        try await Bench.with(Provider(shelves: 1, books: 1)) { bench in
            let limited = Problem("rate_limited", .retryable, "Too many requests.", retryAfter: 40)
            bench.provider.fail("books s0", .problem(limited))
            let run = try await bench.sync()
            #expect(run.state == .complete)
            #expect(bench.clock.now >= noon + 40)
        }
    }

    @Test func `makes no call before the time a provider asked for, in a later run either`() async throws {
        try await Bench.with(Provider(shelves: 1, books: 1)) { bench in
            let limited = Problem("rate_limited", .retryable, "Too many requests.", retryAfter: 3600)
            bench.provider.fail("books s0", .problem(limited))
            let run = try await bench.sync()
            #expect(run.state == .partial)
            #expect(run.ending?.missing.first?.healing == .nextSync)
            bench.clock.advance(by: 3601)
            #expect(try await bench.sync().state == .complete)
            try await bench.expectTruth()
        }
    }

    @Test func `ends where a provider wants to be left alone for long, and is due then`() async throws {
        try await Bench.with(Provider(shelves: 1, books: 1)) { bench in
            let limited = Problem("rate_limited", .retryable, "Too many requests.", retryAfter: 3600)
            bench.provider.fail("books s0", .problem(limited))
            _ = try await bench.sync()
            let until = bench.clock.now + 3600
            bench.provider.forgetCalls()
            let again = try await bench.sync()
            #expect(again.state == .partial)
            #expect(again.ending?.problem?.sentence == "Shelf asks to wait until \(Phrase.moment(until)).")
            #expect(bench.clock.now < until - 3000)
            #expect(!bench.provider.calls.contains { $0.hasPrefix("books") })
            #expect(try await bench.service.dueConnections().isEmpty)
            bench.clock.reach(until + 3600)
            var due = try await bench.service.dueConnections()
            #expect(due.take(1) == [bench.connection])
            #expect(try await bench.sync().state == .complete)
            try await bench.expectTruth()
        }
    }

    @Test func `a time that a provider asked for is forgotten when the clock was a year ahead`() async throws {
        try await Bench.with(Provider(shelves: 1, books: 1)) { bench in
            bench.clock.advance(by: 365 * 86400)
            let limited = Problem("rate_limited", .retryable, "Too many requests.", retryAfter: 3600)
            bench.provider.fail("books s0", .problem(limited))
            #expect(try await bench.sync().state == .partial)
            bench.clock.advance(by: -365 * 86400)
            #expect(try await bench.sync().state == .complete)
            try await bench.expectTruth()
        }
    }

    @Test func `does not fetch the same first page for ever`() async throws {
        try await Bench.with(Provider(shelves: 1, books: 9)) { bench in
            // Every page but the first fails, in every run.
            bench.provider.fail(always: "books s0 @", .problem(.outage))
            for _ in 0..<3 {
                let run = try await bench.sync()
                #expect(run.state == .partial)
            }
            let calls = bench.provider.calls.filter { $0.hasPrefix("books") }
            // Each run goes on from the second page; the list is only read from its first where a run lists it anew.
            #expect(calls.filter { $0 == "books s0" }.count == 1)
            #expect(calls.count == 1 + 3 * 5)
        }
    }

    @Test func `begins a list anew whose place the provider has lost`() async throws {
        try await Bench.with(Provider(shelves: 1, books: 9)) { bench in
            bench.provider.fail(always: "books s0 @s0b5", .problem(.outage))
            #expect(try await bench.sync().state == .partial)
            bench.provider.mend()
            bench.provider.fail("books s0 @s0b5", .problem(.invalid))
            #expect(try await bench.sync().state == .complete)
            try await bench.expectTruth()
        }
    }

    // MARK: Refusals

    @Test func `makes not one call after a refused credential`() async throws {
        try await Bench.with(Provider(shelves: 9, books: 4, notes: 1), limits: .oneAtATime) { bench in
            bench.provider.fail("books s0", .problem(.refused))
            let run = try await bench.sync()
            #expect(run.state == .failed)
            #expect(run.ending?.problem?.code == "credential_refused")
            #expect(run.ending?.problem?.fix == Problem.refused.fix)
            #expect(bench.provider.calls.last == "books s0")
            // The next one does not even ask.
            bench.provider.forgetCalls()
            let next = try await bench.sync()
            #expect(next.state == .failed)
            #expect(next.ending?.problem == run.ending?.problem)
            #expect(bench.provider.calls == [])
        }
    }

    @Test func `keeps what was stored before a refused credential`() async throws {
        try await Bench.with(Provider(shelves: 2, books: 2)) { bench in
            bench.provider.fail(always: "notes", .problem(.refused))
            let run = try await bench.sync()
            #expect(run.state == .failed)
            #expect(try await bench.stored().keys.contains("Shelf/s0"))
        }
    }

    @Test func `ends with the error's words when the connector cannot read its secrets`() async throws {
        let shape = ShelfShape(start: {
            throw MaxError("vault_locked", "The vault is locked.", fix: "Unlock it.")
        })
        try await Bench.with(Provider(shelves: 1), shape) { bench in
            let run = try await bench.sync()
            #expect(run.state == .failed)
            #expect(run.ending?.problem?.code == "vault_locked")
            #expect(run.ending?.problem?.fix == .action("Unlock it."))
            #expect(bench.provider.calls == [])
        }
    }

    // MARK: Connectors that misbehave

    @Test func `ends a list that leads back to itself, and keeps what it had`() async throws {
        try await Bench.with(Provider(shelves: 2, books: 1)) { bench in
            bench.provider.answer("books s0") { cursor in
                Page([Record(Book.self, id: "x\(cursor ?? "")", ["title": "X"])], next: cursor == "1" ? "2" : "1")
            }
            let run = try await bench.sync(only: ["Book"])
            #expect(run.state == .partial)
            #expect(run.ending?.problem?.code == "list_endless")
            #expect(try await bench.stored().keys.contains("Book/x1"))
            #expect(try await bench.stored().keys.contains("Book/s1b0"))
            #expect(bench.provider.calls.count < 20)
        }
    }

    @Test func `ends a list that always has another page with the same records, and counts each once`() async throws {
        var limits = SyncLimits()
        limits.stalePages = 5
        try await Bench.with(Provider(shelves: 2, books: 1), limits: limits) { bench in
            bench.provider.answer("books s0") { cursor in
                let page = cursor.flatMap { Int($0) } ?? 0
                let ids = page < 8 ? ["new\(page)", "x"] : ["x", "y", "x"]
                return Page(ids.map { Record(Book.self, id: $0, ["title": "X"]) }, next: String(page + 1))
            }
            for calls in [8 + 1 + 5 + 1, 5 + 1] {
                let before = bench.provider.calls.count { $0.hasPrefix("books s0") }
                let run = try await bench.sync(only: ["Book"])
                #expect(run.state == .partial)
                #expect(run.ending?.problem?.code == "list_endless")
                #expect(bench.provider.calls.count { $0.hasPrefix("books s0") } - before == calls)
                if before == 0 {
                    #expect(run.progress.counts["Book"] == RunProgress.Count(added: 8 + 2 + 1))
                    #expect(run.progress.stages.first { $0.way == "Shelf.books" }?.records == 8 + 2 + 1)
                }
            }
        }
    }

    @Test func `sets records aside that cannot be stored, keeps their siblings, and says so in every run`() async throws
    {
        try await Bench.with(Provider(shelves: 1, books: 7)) { bench in
            bench.provider.setTags(true)
            bench.provider.answer("books s0") { cursor in
                cursor == nil
                    ? Page([Record(Book.self, id: "", [:]), Record(Book.self, id: "a", ["title": "A"])], next: "1")
                    : Page([Record(Book.self, id: "b", ["title": "B"]), Record(Note.self, id: "n", [:])])
            }
            for _ in 0..<2 {
                let run = try await bench.sync(only: ["Book"])
                #expect(run.state == .partial)
                #expect(run.ending?.missing.map(\.count) == [2])
                #expect(run.ending?.problem?.code == "record_unusable")
                #expect(try await bench.stored().keys.filter { $0.hasPrefix("Book") }.sorted() == ["Book/a", "Book/b"])
            }
        }
    }

    @Test func `says that the connector does not explain its failure`() async throws {
        try await Bench.with(Provider(shelves: 1, books: 1)) { bench in
            bench.provider.fail(always: "books s0", .error)
            let run = try await bench.sync()
            #expect(run.state == .partial)
            #expect(
                run.ending?.problem?.sentence
                    == "“Collecting books” failed for a reason the connector for Shelf does not explain.")
        }
    }

    // MARK: Nothing

    @Test func `proves that an empty account is empty`() async throws {
        try await Bench.with(Provider()) { bench in
            let run = try await bench.sync()
            #expect(run.state == .complete)
            #expect(
                run.ending?.emptiness == [
                    "Shelf": .proven(how: "Shelf was asked for the list, and it was empty."),
                    "Book": .proven(how: "There is nothing that could have any: no Shelf."),
                    "Note": .proven(how: "There is nothing that could have any: no Book."),
                ])
        }
    }

    @Test func `does not prove with a list that failed that there is nothing`() async throws {
        try await Bench.with(Provider(shelves: 2)) { bench in
            bench.provider.fail(always: "books s1", .problem(.outage))
            let run = try await bench.sync()
            #expect(run.ending?.emptiness["Book"] == .unproven(why: "Not every list that could have any was read."))
        }
    }

    // MARK: Silence

    @Test func `bounds silence and not duration`() async throws {
        try await Bench.with(Provider(shelves: 2, books: 1)) { bench in
            bench.provider.fail(always: "books s1", .silence)
            let id = try await bench.service.request(bench.connection).id
            async let run = bench.service.perform(id)
            // Heartbeats go on while the provider is silent, until it has been so for too long.
            var beats = 0
            while bench.rows.commits.count < 3 { await Task.yield() }
            while beats < 70 {
                if try await bench.service.run(id).state.isEnded { break }
                if bench.clock.beat() > 0 {
                    bench.clock.advance(by: 10)
                    beats += 1
                } else {
                    await Task.yield()
                }
            }
            let ended = try await run
            #expect(ended.state == .partial)
            #expect(ended.ending?.problem?.code == "run_silent")
            #expect((60...62).contains(beats))
            bench.provider.mend()
            try await bench.sync()
            try await bench.sync()
            try await bench.expectTruth()
        }
    }
}

extension SyncLimits {
    /// One loader at a time, so that calls come in an order.
    static var oneAtATime: SyncLimits {
        var limits = SyncLimits()
        limits.concurrency = 1
        return limits
    }
}
