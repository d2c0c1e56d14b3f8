import Foundation
import MaxConnector
import MaxCore
import MaxHub
import Testing

@testable import MaxSync

struct CollectingTests {
    @Test(arguments: [nil, ["Book"], ["Book", "Note"], ["Note"]] as [Set<String>?], [true, false])
    func `collects everything, from the root down`(feed: Set<String>?, hasDetails: Bool) async throws {
        try await Bench.with(
            Provider(shelves: 3, books: 7, notes: 2), ShelfShape(feed: feed, hasDetails: hasDetails)
        ) { bench in
            let run = try await bench.sync()
            #expect(run.state == .complete)
            #expect(run.ending?.problem == nil)
            #expect(run.progress.counts["Book"]?.added == 21)
            #expect(run.progress.stages.allSatisfy { $0.over == $0.known && $0.failed == 0 })
            try await bench.expectTruth()
            #expect(try await bench.children("books", of: Ref("Shelf", "s1")).count == 7)
        }
    }

    @Test func `stores the first record before the second page is asked for`() async throws {
        try await Bench.with(Provider(shelves: 1, books: 9)) { bench in
            _ = try await bench.sync()
            let books = bench.provider.calls.filter { $0.hasPrefix("books") }
            #expect(books == ["books s0", "books s0 @s0b2", "books s0 @s0b5"])
            let commits = bench.rows.commits.map { $0.flatMap(\.records).map(\.ref.id) }
            #expect(commits.first == ["s0"])
            #expect(commits[1] == ["s0b0", "s0b1", "s0b2"])
        }
    }

    @Test(arguments: [nil, ["Book"], ["Book", "Note"], ["Note"]] as [Set<String>?], [true, false])
    func `finds what was added, edited and deleted since`(feed: Set<String>?, hasTags: Bool) async throws {
        try await Bench.with(Provider(shelves: 2, books: 5, notes: 2), ShelfShape(feed: feed)) { bench in
            bench.provider.setTags(hasTags)
            try await bench.sync()
            bench.provider.editBook("s0b1", title: "Edited")
            bench.provider.addBook("s1b9", on: "s1")
            bench.provider.addNote("late", to: "s1b9")
            bench.provider.deleteBook("s0b0")
            bench.provider.deleteNote("s1b1n0")
            let run = try await bench.sync()
            #expect(run.state == .complete)
            try await bench.expectTruth()
            #expect(try await bench.children("books", of: Ref("Shelf", "s1")).contains("s1b9"))
            #expect(try await bench.children("notes", of: Ref("Book", "s1b9")) == ["late"])
        }
    }

    @Test func `asks a feed and the lists above it, and nothing else, when nothing changed`() async throws {
        try await Bench.with(Provider(shelves: 2, books: 5, notes: 2), ShelfShape(feed: ["Book", "Note"])) { bench in
            try await bench.sync()
            bench.provider.forgetCalls()
            let run = try await bench.sync()
            #expect(run.state == .complete)
            #expect(bench.provider.calls.map { $0.prefix(10) }.sorted() == ["changes s0", "changes s1", "shelves"])
            #expect(run.progress.counts.values.allSatisfy { $0.added == 0 && $0.changed == 0 })
        }
    }

    @Test func `takes the place in a feed before it reads the lists`() async throws {
        try await Bench.with(Provider(shelves: 1, books: 5), ShelfShape(feed: ["Book", "Note"])) { bench in
            // What changes while the lists are read is told the next time.
            bench.provider.onCall { [provider = bench.provider] call in
                guard call == "books s0 @s0b2" else { return }
                provider.onCall(nil)
                provider.editBook("s0b0", title: "Edited meanwhile")
            }
            try await bench.sync()
            #expect(bench.provider.calls.first { !$0.hasPrefix("shelves") } == "changes s0")
            try await bench.sync()
            try await bench.expectTruth()
        }
    }

    @Test func `reads every list again when the provider has forgotten the place in its feed`() async throws {
        try await Bench.with(Provider(shelves: 2, books: 5, notes: 1), ShelfShape(feed: ["Book", "Note"])) { bench in
            try await bench.sync()
            bench.provider.editBook("s0b1", title: "Edited")
            bench.provider.deleteBook("s1b1")
            bench.provider.forgetPlaces()
            #expect(try await bench.sync().state == .complete)
            // Deletions of which nobody tells any more are found by the next whole reading.
            try await bench.sync(.everything)
            try await bench.expectTruth()
            bench.provider.forgetCalls()
            try await bench.sync()
            #expect(!bench.provider.calls.contains { $0.hasPrefix("books") })
        }
    }

    @Test func `reads everything again once a week`() async throws {
        try await Bench.with(Provider(shelves: 1, books: 5, notes: 1), ShelfShape(feed: ["Book", "Note"])) { bench in
            try await bench.sync()
            bench.provider.forgetCalls()
            bench.clock.advance(by: 6 * 86_400)
            try await bench.sync()
            #expect(!bench.provider.calls.contains { $0.hasPrefix("books") })
            bench.clock.advance(by: 2 * 86_400)
            try await bench.sync()
            #expect(bench.provider.calls.contains("books s0"))
            bench.provider.forgetCalls()
            try await bench.sync()
            #expect(!bench.provider.calls.contains { $0.hasPrefix("books") })
        }
    }

    @Test func `stores nothing of a page that is the same, and keeps what is on it`() async throws {
        try await Bench.with(Provider(shelves: 2, books: 7, notes: 1)) { bench in
            bench.provider.setTags(true)
            try await bench.sync()
            bench.provider.deleteBook("s0b6")
            let earlier = bench.rows.commits.count
            let run = try await bench.sync()
            #expect(run.state == .complete)
            try await bench.expectTruth()
            let steps = bench.rows.commits.dropFirst(earlier).flatMap { $0 }
            #expect(steps.filter { $0.listing?.isUnmodified == true }.count > 10)
            #expect(run.progress.counts["Book"]?.unchanged == 13)
        }
    }

    @Test func `collects only what leads to an entity that is asked for`() async throws {
        try await Bench.with(Provider(shelves: 2, books: 2, notes: 1), ShelfShape(feed: ["Note"])) { bench in
            let run = try await bench.sync(only: ["Book"])
            #expect(run.state == .complete)
            #expect(try await bench.stored().keys.allSatisfy { !$0.hasPrefix("Note") })
            #expect(!bench.provider.calls.contains { $0.hasPrefix("notes") || $0.hasPrefix("changes") })
            // A part is not the whole: everything is still to be read.
            try await bench.sync()
            try await bench.expectTruth()
        }
    }

    @Test func `takes no place in a feed for a part of what it covers`() async throws {
        try await Bench.with(Provider(shelves: 1, books: 2, notes: 2), ShelfShape(feed: ["Book", "Note"])) { bench in
            try await bench.sync(only: ["Book"])
            #expect(!bench.provider.calls.contains { $0.hasPrefix("changes") })
            try await bench.sync()
            try await bench.expectTruth()
        }
    }

    @Test func `refuses to collect what the connector does not know`() async throws {
        try await Bench.with { bench in
            let error = await #expect(throws: MaxError.self) {
                try await bench.service.request(bench.connection, RunScope(only: ["Magazine"]))
            }
            #expect(error?.code == .entityUnknown)
            #expect(error?.fix?.contains("Book") == true)
        }
    }

    @Test func `returns the run that is requested already`() async throws {
        try await Bench.with { bench in
            let first = try await bench.service.request(bench.connection)
            #expect(try await bench.service.request(bench.connection).id == first.id)
            #expect(try await bench.service.runs(of: bench.connection).filter { !$0.state.isEnded }.count == 1)
        }
    }

    @Test func `starts the installation before the first call and stops it after the last`() async throws {
        let journal = Provider(shelves: 1, books: 1)
        let shape = ShelfShape(
            start: { _ = try await journal.blurbs(of: ["started"]) },
            stop: { _ = try? await journal.blurbs(of: ["stopped"]) })
        try await Bench.with(journal, shape) { bench in
            try await bench.sync()
            #expect(journal.calls.first == "blurbs started")
            #expect(journal.calls.last == "blurbs stopped")
        }
    }
}
