internal import Foundation
internal import GRDB
internal import MaxConnector
internal import MaxCore
internal import MaxHub
internal import Testing

@testable internal import MaxStore

/// What is left to do.
struct RunTaskTests {
    @Test func `a job is there once, even when it is done`() async throws {
        try await RunBench.with { bench in
            let lease = try await bench.begin(.list("f1"), .list("f1"), .feed("f1"))
            let tasks = try await bench.tasks(lease)
            #expect(tasks.map(\.job) == [.list("f1"), .feed("f1")])
            let step = TaskStep.page(tasks[0], .done(isWhole: true)).with {
                $0.spawns = [.job(.list("f1")), .job(.list("f2"))]
            }
            let progress = try await bench.commit(lease, step).progress
            #expect(try await bench.tasks(lease).map(\.job) == [.feed("f1"), .list("f2")])
            #expect(progress.stages[0].known == 2)
        }
    }

    @Test func `a job that was done in one run is there again in the next`() async throws {
        try await RunBench.with { bench in
            let first = try await bench.begin(.list("f1"))
            let task = try await bench.task(first)
            try await bench.commit(first, .page(task, .done(isWhole: true)))
            try await bench.finish(first)
            let again = try await bench.task(try await bench.begin(.list("f1")))
            #expect(again.job == task.job)
            #expect(again.id > task.id)
        }
    }

    @Test func `the ids of tasks are never given again`() async throws {
        try await RunBench.with { bench in
            let first = try await bench.task(try await bench.begin(.list("f1"), scope: RunScope(.everything)))
            let second = try await bench.task(try await bench.begin(.list("f1"), scope: RunScope(.everything)))
            #expect(second.id > first.id)
        }
    }

    @Test func `a task goes on where its last page ended`() async throws {
        try await RunBench.with { bench in
            let lease = try await bench.begin(.list("f1"))
            let first = try await bench.task(lease)
            #expect(first == SyncTask(id: first.id, job: .list("f1")))
            try await bench.commit(lease, .page(first, .next(cursor: "c1"), notes: ["n1"]))
            #expect(
                try await bench.task(lease) == SyncTask(id: first.id, job: .list("f1"), cursor: "c1", page: 1))
        }
    }

    @Test func `a list that is begun anew is another reading of it`() async throws {
        try await RunBench.with { bench in
            let lease = try await bench.begin(.list("f1"))
            let first = try await bench.task(lease)
            try await bench.commit(lease, .page(first, .next(cursor: "c1"), notes: ["n1"]))
            let progress = try await bench.commit(lease, TaskStep(bench.task(lease), .again)).progress
            let again = try await bench.task(lease)
            #expect(again == SyncTask(id: again.id, job: .list("f1")))
            #expect(again.id > first.id)
            #expect(progress.stages[0].known == 1)
            #expect(progress.stages[0].over == 0)
        }
    }

    @Test func `a task that is tried again waits for its time, and a page forgets the failures`() async throws {
        try await RunBench.with { bench in
            let lease = try await bench.begin(.list("f1"), .list("f2"))
            let tasks = try await bench.tasks(lease)
            for (task, wait) in zip(tasks, [8.0, 5.0]) {
                try await bench.commit(lease, TaskStep(task, .later(.unreachable, at: noon + wait)))
            }
            let early = try await bench.store.tasks(of: lease, excluding: [], holding: [], at: noon + 4.999, limit: 9)
            #expect(early.ready.isEmpty)
            #expect(early.nextAt == noon + 5)
            let due = try await bench.store.tasks(of: lease, excluding: [], holding: [], at: noon + 5, limit: 9)
            #expect(due.ready.map(\.job) == [.list("f2")])
            #expect(due.ready.map(\.attempts) == [1])
            #expect(due.nextAt == noon + 8)
            try await bench.commit(lease, .page(due.ready[0], .next(cursor: "c1")))
            let late = try await bench.store.tasks(of: lease, excluding: [], holding: [], at: noon + 8, limit: 9)
            #expect(late.ready.map(\.attempts) == [1, 0])
            #expect(late.nextAt == nil)
        }
    }

    @Test func `the oldest tasks come first, without those that are worked on`() async throws {
        try await RunBench.with { bench in
            let lease = try await bench.begin(.list("f1"), .list("f2"), .list("f3"), .list("f4"), .list("f5"))
            let all = try await bench.tasks(lease)
            #expect(all.map(\.job.subject) == ["f1", "f2", "f3", "f4", "f5"])
            try await bench.commit(lease, TaskStep(all[1], .later(.unreachable, at: noon)))
            let some = try await bench.store.tasks(
                of: lease, excluding: [all[0].id, all[3].id], holding: [], at: noon, limit: 2)
            #expect(some.ready.map(\.job.subject) == ["f2", "f3"])
            let none = try await bench.store.tasks(of: lease, excluding: [], holding: [], at: noon, limit: 0)
            #expect(none.ready.isEmpty)
        }
    }

    @Test func `the tasks of one connection are not those of another`() async throws {
        try await RunBench.with { bench in
            try await bench.store.connect(.sample(.two, slug: "two", account: "two"))
            let one = try await bench.begin(.list("f1"))
            let two = try await bench.take(as: "w2", of: .two).lease
            try await bench.store.begin(two, stages: .notes, spawns: [.job(.list("f1"))], everything: false)
            let task = try await bench.task(one)
            #expect(try await bench.task(two).id != task.id)
            #expect(await refusal { try await bench.commit(two, .page(task, .done(isWhole: true))) } == .leaseLost)
        }
    }

    @Test func `where a feed can go on is known to the next run, and only with its page`() async throws {
        try await RunBench.with { bench in
            let first = try await bench.begin(.feed("f1"))
            let step = TaskStep(try await bench.task(first), .next(cursor: "c1")).with { $0.resume = "place-1" }
            try await bench.commit(first, step)
            try await bench.commit(first, TaskStep(try await bench.task(first), .done(isWhole: true)))
            try await bench.finish(first)
            let second = try await bench.begin(.feed("f1"), .feed("f2"))
            let tasks = try await bench.tasks(second)
            #expect(tasks.map(\.resume) == ["place-1", nil])
            let broken = TaskStep(tasks[0], .done(isWhole: true)).with {
                $0.resume = "place-2"
                $0.records = [.unknown]
            }
            #expect(await refusal { try await bench.commit(second, broken) } == .entityUnknown)
            #expect(try await bench.tasks(second).map(\.resume) == ["place-1", nil])
        }
    }

    @Test func `the ways that are held back give way to the others`() async throws {
        try await RunBench.with { bench in
            let lease = try await bench.begin(.list("f1"), .feed("f1"), .list("f2"), .feed("f2"), .feed("f3"))
            let all = try await bench.tasks(lease)
            let late = TaskStep(all[2], .later(.unreachable, at: noon + 5))
            let later = TaskStep(all[3], .later(.unreachable, at: noon + 9))
            _ = try await bench.store.commit([late, later], under: lease, at: noon)
            let some = try await bench.store.tasks(
                of: lease, excluding: [all[1].id], holding: ["TestFolder.notes"], at: noon, limit: 9)
            #expect(some.ready.map(\.job) == [.feed("f3")])
            #expect(some.nextAt == noon + 9)
            let then = try await bench.store.tasks(
                of: lease, excluding: [], holding: ["TestFolder.notes"], at: noon + 9, limit: 9)
            #expect(then.ready.map(\.job) == [.feed("f1"), .feed("f2"), .feed("f3")])
            let none = try await bench.store.tasks(
                of: lease, excluding: [], holding: ["TestFolder.notes", "changes"], at: noon + 9, limit: 9)
            #expect(none.ready.isEmpty)
            #expect(none.nextAt == nil)
        }
    }

    @Test func `what waits is found through an index, however much there is`() async throws {
        try await RunBench.with { bench in
            let plans = try await bench.store.writer.read { database in
                let query = TaskQuery(connection: 1, held: ["bodies"], time: noon, limit: 5)
                return try [query.fresh, query.fresh(on: "changes"), query.due, query.next, query.way(after: "")].map {
                    try SQLRequest<Row>(literal: "EXPLAIN QUERY PLAN \($0)").fetchAll(database)
                        .map { $0["detail"] as String }
                }
            }
            for plan in plans {
                #expect(plan.first?.hasPrefix("SEARCH task USING") == true)
                #expect(!plan.contains { $0.contains("SCAN") || $0.contains("TEMP B-TREE") }, "\(plan)")
            }
        }
    }
}

/// The work that follows from a step.
struct RunSpawnTests {
    /// Stores a page with three notes, one of them as it was, and gives the follow-up work.
    private func jobs(_ spawns: Spawn..., of bench: RunBench) async throws -> [SyncJob] {
        let lease = try await bench.begin(.list("f1"), .list("f2"))
        let tasks = try await bench.tasks(lease)
        try await bench.commit(lease, .page(tasks[1], .done(isWhole: true), notes: ["n2"]))
        let step = TaskStep.page(tasks[0], .done(isWhole: true), notes: ["n1", "n2", "n3", "n1"]).with {
            $0.spawns = spawns
        }
        let progress = try await bench.commit(lease, step).progress
        let jobs = try await bench.tasks(lease).map(\.job)
        #expect(progress.stages[2].known == jobs.count)
        return jobs
    }

    @Test func `a job for each record of a page`() async throws {
        try await RunBench.with { bench in
            let jobs = try await jobs(
                .perRecord(of: "TestNote", .collection, way: "bodies"),
                .perRecord(of: "TestFolder", .collection, way: "bodies"), of: bench)
            #expect(jobs == ["n1", "n2", "n3"].map { SyncJob(.collection, "bodies", $0) })
        }
    }

    @Test func `a job for each record of a page that was not there before`() async throws {
        try await RunBench.with { bench in
            let jobs = try await jobs(.perNewRecord(of: "TestNote", .collection, way: "bodies"), of: bench)
            #expect(jobs == ["n1", "n3"].map { SyncJob(.collection, "bodies", $0) })
        }
    }

    @Test func `a job for each stored record`() async throws {
        try await RunBench.with { bench in
            let jobs = try await jobs(.perStored(of: "TestNote", .collection, way: "bodies"), of: bench)
            #expect(Set(jobs) == Set(["n1", "n2", "n3"].map { SyncJob(.collection, "bodies", $0) }))
        }
    }

    @Test func `details of what is new or changed, in batches`() async throws {
        try await RunBench.with { bench in
            let jobs = try await jobs(
                .details(of: "TestNote", way: "bodies", limit: 1, includingUnchanged: false), of: bench)
            #expect(jobs == [#"["n1"]"#, #"["n3"]"#].map { SyncJob(.detail, "bodies", $0) })
        }
    }

    @Test func `details of all that came, in batches`() async throws {
        try await RunBench.with { bench in
            let jobs = try await jobs(
                .details(of: "TestNote", way: "bodies", limit: 2, includingUnchanged: true), of: bench)
            #expect(jobs == [#"["n1","n2"]"#, #"["n3"]"#].map { SyncJob(.detail, "bodies", $0) })
        }
    }

    @Test func `a job for each record of a page that is still the same`() async throws {
        try await RunBench.with { bench in
            let first = try await bench.begin(.list("f1"))
            try await bench.commit(first, .page(bench.task(first), .done(isWhole: true), notes: ["n1", "n2"]))
            try await bench.finish(first)
            let second = try await bench.begin(.list("f1"))
            let step = TaskStep.page(try await bench.task(second), .done(isWhole: true), isUnmodified: true).with {
                $0.spawns = [.perRecord(of: "TestNote", .collection, way: "bodies")]
            }
            try await bench.commit(second, step)
            #expect(try await Set(bench.tasks(second).map(\.job.subject)) == ["n1", "n2"])
        }
    }
}
