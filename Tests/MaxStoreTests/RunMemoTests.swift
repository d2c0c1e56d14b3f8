internal import Foundation
internal import MaxConnector
internal import MaxCore
internal import MaxHub
internal import Testing

@testable internal import MaxStore

/// What is remembered of the pages of a list.
struct RunMemoTests {
    private func memo(_ page: Int, cursor: String?, next: String?, records: Int = 2) -> PageMemo {
        PageMemo(validator: "\"v\(page)\"", cursor: cursor, next: next, total: 4, records: records)
    }

    /// Reads a list of two pages with two notes each.
    private func read(_ bench: RunBench) async throws {
        let lease = try await bench.begin(.list("f1"))
        let first = TaskStep.page(try await bench.task(lease), .next(cursor: "c1"), notes: ["n1", "n2"]).with {
            $0.memo = memo(0, cursor: nil, next: "c1")
        }
        try await bench.commit(lease, first)
        let second = TaskStep.page(try await bench.task(lease), .done(isWhole: true), notes: ["n3", "n4"]).with {
            $0.memo = memo(1, cursor: "c1", next: nil)
        }
        try await bench.commit(lease, second)
        try await bench.finish(lease)
    }

    @Test func `a later run knows each page by its place`() async throws {
        try await RunBench.with { bench in
            try await read(bench)
            let lease = try await bench.begin(.list("f1"), .list("f2"), .feed("f1"))
            let tasks = try await bench.tasks(lease)
            #expect(tasks.map(\.memo) == [memo(0, cursor: nil, next: "c1"), nil, nil])
            try await bench.commit(lease, .page(tasks[0], .next(cursor: "c1"), isUnmodified: true))
            #expect(try await bench.tasks(lease)[0].memo == memo(1, cursor: "c1", next: nil))
        }
    }

    @Test func `a page that begins elsewhere than it did is not known`() async throws {
        try await RunBench.with { bench in
            try await read(bench)
            let lease = try await bench.begin(.list("f1"))
            try await bench.commit(lease, .page(bench.task(lease), .next(cursor: "c1-moved"), notes: ["n1"]))
            #expect(try await bench.task(lease).memo == nil)
        }
    }

    @Test func `a page that is the same keeps its memo, a new one without a validator has none`() async throws {
        try await RunBench.with { bench in
            try await read(bench)
            let lease = try await bench.begin(.list("f1"))
            try await bench.commit(lease, .page(bench.task(lease), .next(cursor: "c1"), isUnmodified: true))
            try await bench.commit(lease, .page(bench.task(lease), .done(isWhole: true), notes: ["n3"]))
            #expect(try await bench.value("SELECT group_concat(page) FROM page_memo") == "0")
        }
    }

    @Test func `the pages after the last one are forgotten, and a failure forgets nothing`() async throws {
        try await RunBench.with { bench in
            try await read(bench)
            let lease = try await bench.begin(.list("f1"))
            let task = try await bench.task(lease)
            try await bench.commit(lease, .page(task, .later(.unreachable, at: noon)))
            #expect(try await bench.value("SELECT count(*) FROM page_memo") == 2)
            let short = TaskStep.page(task, .done(isWhole: true), notes: ["n1"]).with {
                $0.memo = memo(7, cursor: nil, next: nil, records: 1)
            }
            try await bench.commit(lease, short)
            #expect(try await bench.value("SELECT group_concat(validator) FROM page_memo") == "\"v7\"")
        }
    }

    @Test func `a page is not known any more when one of its records went`() async throws {
        try await RunBench.with { bench in
            try await read(bench)
            let lease = try await bench.begin(.list("f1"), .list("f2"))
            let tasks = try await bench.tasks(lease)
            try await bench.commit(
                lease, TaskStep.page(tasks[1], .done(isWhole: true)).with { $0.gone = [Ref("TestNote", "n4")] })
            try await bench.commit(lease, .page(tasks[0], .next(cursor: "c1"), isUnmodified: true))
            #expect(try await bench.task(lease).memo == nil)
        }
    }

    @Test func `a page is not known any more when a record moved to another page and back`() async throws {
        try await RunBench.with { bench in
            try await read(bench)
            let halted = try await bench.begin(.list("f1"))
            try await bench.commit(
                halted, .page(bench.task(halted), .next(cursor: "c1"), notes: ["n1", "n2", "n3"]))
            try await bench.finish(halted)
            let lease = try await bench.begin(.list("f1"))
            try await bench.commit(lease, .page(bench.task(lease), .next(cursor: "c1"), notes: ["n1", "n2"]))
            #expect(try await bench.task(lease).memo == nil)
        }
    }

    @Test func `of a record that is gone nothing is remembered`() async throws {
        try await RunBench.with { bench in
            try await read(bench)
            let lease = try await bench.begin(.list("root"), .feed("f1"), .list("f1"))
            let tasks = try await bench.tasks(lease)
            let folder = TaskStep(tasks[0], .done(isWhole: true)).with {
                $0.records = [Record(TestFolder.self, id: "f1", ["title": "Folder"])]
            }
            try await bench.commit(lease, folder)
            try await bench.commit(lease, TaskStep(tasks[1], .done(isWhole: true)).with { $0.resume = "place" })
            #expect(try await bench.value("SELECT count(*) FROM sync_cursor") == 1)
            let progress = try await bench.commit(lease, .page(tasks[2], .gone)).progress
            #expect(progress.counts["TestFolder"]?.gone == 1)
            #expect(try await bench.value("SELECT count(*) FROM sync_cursor") == 0)
            #expect(try await bench.value("SELECT count(*) FROM page_memo") == 0)
        }
    }
}
