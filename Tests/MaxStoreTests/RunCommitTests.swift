internal import Foundation
internal import MaxConnector
internal import MaxCore
internal import MaxHub
internal import Testing

@testable internal import MaxStore

/// What steps bring is stored with the places they move, or not at all.
struct RunCommitTests {
    @Test func `no cursor is ahead of its records`() async throws {
        try await RunBench.with { bench in
            let lease = try await bench.begin(.list("f1"), .list("f2"), .feed("f1"))
            let tasks = try await bench.tasks(lease)
            let before = try await bench.everything()
            let steps = [
                TaskStep.page(tasks[0], .next(cursor: "c1"), notes: ["n1"]).with {
                    $0.spawns = [.job(.list("f3"))]
                    $0.memo = PageMemo(validator: "v", cursor: nil, next: "c1", total: nil, records: 1)
                },
                TaskStep(tasks[2], .done(isWhole: true)).with { $0.resume = "place" },
                TaskStep.page(tasks[1], .done(isWhole: true), notes: ["n2"]).with { $0.records.append(.unknown) },
            ]
            #expect(
                await refusal { _ = try await bench.store.commit(steps, under: lease, at: noon) } == .entityUnknown)
            #expect(try await bench.everything() == before)
            _ = try await bench.store.commit(Array(steps.prefix(2)), under: lease, at: noon)
            #expect(try await bench.notes() == ["n1"])
        }
    }

    @Test func `each step of a commit is told what became of its records`() async throws {
        try await RunBench.with { bench in
            let lease = try await bench.begin(.list("f1"), .list("f2"))
            let tasks = try await bench.tasks(lease)
            let steps = [
                TaskStep.page(tasks[0], .next(cursor: "c1"), notes: ["n1", "n2"]),
                TaskStep.page(tasks[1], .done(isWhole: true), notes: ["n2", "n3"]),
            ]
            let receipt = try await bench.store.commit(steps, under: lease, at: noon)
            #expect(
                receipt.written.map { $0.counts["TestNote"] } == [
                    RunProgress.Count(added: 2), RunProgress.Count(added: 1, unchanged: 1),
                ])
            #expect(receipt.progress.counts["TestNote"] == RunProgress.Count(added: 3, unchanged: 1))
            #expect(!receipt.isCancelRequested)
        }
    }

    @Test func `progress tells what is stored, and every process reads the same`() async throws {
        try await RunBench.with { bench in
            let lease = try await bench.begin(
                .list("whole"), .list("paged"), .list("gone"), .list("failed"), .list("later"))
            let tasks = try await bench.tasks(lease)
            let steps = [
                TaskStep.page(tasks[0], .done(isWhole: true), notes: ["n1", "n2"]).with { $0.total = 2 },
                TaskStep.page(tasks[1], .next(cursor: "c1"), notes: ["n3"]).with { $0.total = 10 },
                TaskStep.page(tasks[2], .gone),
                TaskStep.page(tasks[3], .failed(.unreachable)),
                TaskStep.page(tasks[4], .later(.unreachable, at: noon + 1)),
            ]
            _ = try await bench.store.commit(steps, under: lease, at: noon + 0.25)
            let second = try await bench.tasks(lease)[0]
            let page = TaskStep.page(second, .done(isWhole: true), notes: ["n4"]).with { $0.total = 10 }
            let told = try await bench.commit(lease, at: noon + 0.75, page).progress

            var stage = RunProgress.Stage(way: "TestFolder.notes", title: "Collecting notes", entity: "TestNote")
            (stage.known, stage.over, stage.failed, stage.gone) = (5, 4, 1, 1)
            (stage.records, stage.total, stage.totals) = (4, 12, 2)
            #expect(told.stages[0] == stage)
            #expect(told.records == 4)
            #expect(told.lastRecord == .init(ref: "TestNote/n4", title: "Note n4", at: noon + 0.75))
            #expect(try await bench.notes().count == told.records)
            #expect(try await bench.otherProcess().run(lease.run)?.progress == told)
        }
    }

    @Test func `the records of a page that is still the same count as unchanged`() async throws {
        try await RunBench.with { bench in
            let first = try await bench.begin(.list("f1"))
            let page = TaskStep.page(try await bench.task(first), .done(isWhole: true), notes: ["n1", "n2"]).with {
                $0.memo = PageMemo(validator: "v", cursor: nil, next: nil, total: nil, records: 2)
            }
            try await bench.commit(first, page)
            try await bench.finish(first)
            let second = try await bench.begin(.list("f1"))
            let same = TaskStep.page(try await bench.task(second), .done(isWhole: true), isUnmodified: true)
            let receipt = try await bench.commit(second, same)
            #expect(receipt.written.map { $0.counts["TestNote"] } == [RunProgress.Count(unchanged: 2)])
            #expect(receipt.progress.counts["TestNote"] == RunProgress.Count(unchanged: 2))
            #expect(receipt.progress.stages[0].records == 2)
            #expect(try await bench.notes() == ["n1", "n2"])
        }
    }

    @Test func `records that a feed says are gone go`() async throws {
        try await RunBench.with { bench in
            let lease = try await bench.begin(.list("f1"), .feed("f1"))
            let tasks = try await bench.tasks(lease)
            try await bench.commit(lease, .page(tasks[0], .done(isWhole: true), notes: ["n1", "n2"]))
            let news = TaskStep(tasks[1], .done(isWhole: true)).with { $0.gone = [Ref(TestNote.self, "n1")] }
            let receipt = try await bench.commit(lease, news)
            #expect(receipt.written.map { $0.counts["TestNote"]?.gone } == [1])
            #expect(try await bench.notes() == ["n2"])
        }
    }

    @Test func `a feed tells where records are, and what the lists saw stays theirs`() async throws {
        try await RunBench.with { bench in
            let lease = try await bench.begin(.list("f1"), .feed("f1"))
            let tasks = try await bench.tasks(lease)
            try await bench.commit(lease, .page(tasks[0], .done(isWhole: true), notes: ["n1", "n2"]))
            let news = TaskStep(tasks[1], .done(isWhole: true)).with {
                $0.records = [Record(TestNote.self, id: "n3", ["title": "New"])]
                $0.links = [("f1", "n1"), ("f2", "n2"), ("f2", "n3"), ("f3", "n3")].map {
                    SourcePage.Link(Ref(TestFolder.self, $0), "notes", Ref(TestNote.self, $1))
                }
            }
            try await bench.commit(lease, news)
            let edges: String? = try await bench.value(
                """
                SELECT group_concat(edge, ', ') FROM (
                    SELECT parent || ' ' || child || ' ' || page || ' ' || (listing = \(tasks[0].id)) AS edge
                    FROM edge ORDER BY 1
                )
                """)
            #expect(edges == "f1 n1 0 1, f2 n2 -1 0, f2 n3 -1 0, f3 n3 -1 0")
        }
    }
}
