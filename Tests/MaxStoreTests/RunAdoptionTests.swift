internal import Foundation
internal import MaxConnector
internal import MaxCore
internal import MaxHub
internal import Testing

@testable internal import MaxStore

/// A run goes on with what the one before it left.
struct RunAdoptionTests {
    /// Leaves a list that was not begun, one in the middle, one that failed, one that waits, and one that is done.
    private func leave(_ bench: RunBench, everything: Bool = false) async throws -> RunLease {
        let lease = try await bench.begin(
            .list("new"), .list("middle"), .list("failed"), .list("waits"), .list("done"), everything: everything)
        let tasks = try await bench.tasks(lease)
        let limited = Problem("rate_limited", .retryable, "Too many requests.", retryAfter: 3600)
        try await bench.commit(lease, .page(tasks[1], .next(cursor: "c1"), notes: ["n1"]))
        try await bench.commit(lease, .page(tasks[2], .failed(limited)))
        try await bench.commit(lease, .page(tasks[3], .later(.unreachable, at: noon + 60)))
        try await bench.commit(lease, .page(tasks[4], .done(isWhole: true), notes: ["n2"]))
        return lease
    }

    @Test(arguments: [false, true])
    func `takes over what was left, however the earlier run ended`(isKilled: Bool) async throws {
        try await RunBench.with { bench in
            let earlier = try await leave(bench)
            if !isKilled { try await bench.finish(earlier, .partial) }
            let taken = try await bench.take(as: "w2", at: noon + 1)
            #expect(taken.adopted == 4)
            let soon = try await bench.store.tasks(of: taken.lease, excluding: [], holding: [], at: noon + 1, limit: 9)
            #expect(soon.ready.map(\.job) == [.list("new"), .list("middle")])
            #expect(soon.ready.map(\.cursor) == [nil, "c1"])
            #expect(soon.ready.map(\.isInterrupted) == [false, true])
            #expect(soon.nextAt == noon + 60)
            let late = try await bench.tasks(taken.lease, at: noon + 3600)
            #expect(late.map(\.job.subject) == ["new", "middle", "failed", "waits"])
            #expect(late.allSatisfy { $0.attempts == 0 })
        }
    }

    @Test func `the wait that a provider asked for holds for the next run`() async throws {
        try await RunBench.with { bench in
            try await bench.finish(leave(bench), .partial)
            let lease = try await bench.take(at: noon + 1).lease
            let before = try await bench.tasks(lease, at: noon + 3599)
            #expect(!before.contains { $0.job == .list("failed") })
        }
    }

    @Test func `tasks that were taken over count as known, and are not added again`() async throws {
        try await RunBench.with { bench in
            try await bench.finish(leave(bench), .partial)
            let lease = try await bench.begin(.list("middle"), .list("more"))
            #expect(try await bench.store.run(lease.run)?.progress.stages.first?.known == 5)
        }
    }

    @Test func `a run that reads everything anew drops what was left`() async throws {
        try await RunBench.with { bench in
            try await bench.finish(leave(bench, everything: true), .partial)
            let taken = try await bench.take(RunScope(.everything))
            #expect(taken.adopted == 0)
            #expect(!taken.isPassOpen)
            #expect(try await bench.tasks(taken.lease, at: noon + 9999).isEmpty)
        }
    }

    @Test func `where something was dropped nothing counts as whole any more`() async throws {
        try await RunBench.with { bench in
            try await bench.finish(bench.begin(everything: true))
            #expect(try await bench.take().lastWholeAt == noon)
            try await bench.finish(bench.take(RunScope(.everything)).lease, .failed)
            #expect(try await bench.take().lastWholeAt == noon)
            try await bench.finish(leave(bench), .partial)
            try await bench.finish(bench.take(RunScope(.everything)).lease, .failed)
            #expect(try await bench.take().lastWholeAt == nil)
        }
    }

    @Test func `a run that is limited to some entities drops nothing`() async throws {
        try await RunBench.with { bench in
            try await bench.finish(leave(bench), .partial)
            #expect(try await bench.take(RunScope(.everything, only: ["TestNote"])).adopted == 4)
        }
    }

    @Test func `a run that changes hands keeps its own tasks, done ones too`() async throws {
        try await RunBench.with { bench in
            let lease = try await bench.begin(.list("f1"), .list("f2"), scope: RunScope(.everything))
            try await bench.commit(lease, .page(bench.tasks(lease)[0], .done(isWhole: true)))
            let taken = try await bench.store.take(
                lease.run, as: WorkerID(rawValue: "w2"), until: noon + 60, at: noon + 30)
            #expect(taken.adopted == 1)
            try await bench.store.begin(taken.lease, stages: .notes, spawns: [.job(.list("f1"))], everything: true)
            #expect(try await bench.task(taken.lease).job == .list("f2"))
        }
    }

    @Test func `a cancelled request leaves the tasks where they are`() async throws {
        try await RunBench.with { bench in
            try await bench.finish(leave(bench), .partial)
            for _ in 0..<3 {
                let request = RequestedRun(id: RunID(in: .real), connection: .one, requestedAt: noon)
                _ = try await bench.store.requestCancel(bench.store.request(request).id, at: noon)
            }
            #expect(try await bench.take().adopted == 4)
        }
    }
}
