internal import Foundation
internal import GRDB
internal import MaxConnector
internal import MaxCore
internal import MaxHub
internal import Testing

@testable internal import MaxStore

struct RunEndTests {
    @Test(arguments: [RunState.complete, .partial, .failed, .cancelled])
    func `a run that ended says how, and nobody has its lease`(state: RunState) async throws {
        try await RunBench.with { bench in
            let lease = try await bench.begin(.list("f1"))
            let ending = RunEnding(
                problem: .unreachable,
                missing: [
                    .init(
                        stage: "Collecting notes", entity: "TestNote", count: 1, examples: ["TestFolder/f1"],
                        problem: .unreachable, healing: .nextSync)
                ], emptiness: ["TestNote": .unproven(why: "Nobody looked.")])
            let run = try await bench.finish(lease, state, ending, at: noon + 7)
            #expect(run.state == state)
            #expect(run.ending == ending)
            #expect(run.endedAt == noon + 7)
            #expect(run.lease == nil)
            #expect(try await bench.otherProcess().run(lease.run) == run)
        }
    }

    @Test func `disconnecting keeps the runs that are over, ends the one under way and drops the one that waits`()
        async throws
    {
        try await RunBench.with { bench in
            let ending = RunEnding(emptiness: ["TestNote": .proven(how: "The list was empty.")])
            let over = try await bench.finish(bench.begin(.list("f1")), .complete, ending)
            let underWay = try await bench.begin(.list("f2")).run
            try await bench.store.writer.write { database in
                _ = try RequestedRun(id: RunID(rawValue: "run_next"), connection: .one, requestedAt: noon)
                    .store(in: database)
            }
            try await bench.store.revoke(.one, at: noon + 9)
            let runs = try await bench.store.runs(of: .one, limit: 10)
            #expect(runs.map(\.id) == [underWay, over.id])
            #expect(runs[0].state == .cancelled && runs[0].endedAt == noon + 9 && runs[0].lease == nil)
            #expect(runs[0].ending?.problem?.code == "run_disconnected")
            #expect(runs[1] == over)
            try await bench.store.erase(.one, at: noon + 10)
            #expect(try await bench.store.runs(of: nil, limit: 10).isEmpty)
        }
    }

    @Test(arguments: [RunState.requested, .running])
    func `a run cannot end as`(state: RunState) async throws {
        try await RunBench.with { bench in
            let lease = try await bench.begin()
            #expect(await refusal { try await bench.finish(lease, state) } == .databaseFailed)
            #expect(try await bench.store.run(lease.run)?.state == .running)
        }
    }

    @Test func `a reading of everything is over when no task waits, whoever did the last one`() async throws {
        try await RunBench.with { bench in
            let first = try await bench.begin(.list("f1"), .list("f2"), everything: true)
            let tasks = try await bench.tasks(first)
            try await bench.commit(first, .page(tasks[0], .done(isWhole: true)))
            try await bench.finish(first, .partial)
            let second = try await bench.take(at: noon + 60)
            #expect(second.isPassOpen)
            #expect(second.lastWholeAt == nil)
            try await bench.commit(second.lease, .page(tasks[1], .failed(.unreachable)))
            try await bench.finish(second.lease, .partial, at: noon + 70)
            let third = try await bench.take(at: noon + 80)
            #expect(!third.isPassOpen)
            #expect(third.lastWholeAt == noon + 70)
            #expect(third.adopted == 1)
        }
    }

    @Test(arguments: [RunState.failed, .cancelled])
    func `a reading of everything is not over with a run that is`(state: RunState) async throws {
        try await RunBench.with { bench in
            try await bench.finish(bench.begin(everything: true), state)
            let taken = try await bench.take()
            #expect(taken.isPassOpen)
            #expect(taken.lastWholeAt == nil)
        }
    }

    @Test func `what is limited to some entities, or to changes, is no reading of everything`() async throws {
        try await RunBench.with { bench in
            try await bench.finish(bench.begin(everything: false))
            try await bench.finish(bench.begin(scope: RunScope(.everything, only: ["TestNote"]), everything: true))
            let taken = try await bench.take()
            #expect(taken.lastWholeAt == nil)
            #expect(!taken.isPassOpen)
        }
    }

    @Test func `a refused credential is remembered until the account is set up again`() async throws {
        try await RunBench.with { bench in
            try await bench.finish(bench.begin(), .failed, RunEnding(problem: .refused))
            let taken = try await bench.take()
            #expect(taken.refusal == .refused)
            try await bench.finish(taken.lease, .failed, RunEnding(problem: .refused))
            let session = SetupSession.sample("set_again", for: .one, purpose: .reconnect)
            try await bench.store.insert(session)
            try await bench.store.activate(Activation(session, .sample(), replaces: true, run: "run_again"))
            #expect(try await bench.take().refusal == nil)
        }
    }

    @Test(arguments: [
        Problem.unreachable, Problem("scope_missing", .auth, "It may not read tasks.", rung: .permissions),
    ])
    func `no other problem counts as a refused credential`(problem: Problem) async throws {
        try await RunBench.with { bench in
            try await bench.finish(bench.begin(), .failed, RunEnding(problem: problem))
            #expect(try await bench.take().refusal == nil)
        }
    }

    @Test func `the tasks that failed are told until another run takes them`() async throws {
        try await RunBench.with { bench in
            let lease = try await bench.begin(.list("f1"), .list("f2"), .list("f3"))
            for task in try await bench.tasks(lease).prefix(2) {
                try await bench.commit(lease, .page(task, .failed(.unreachable)))
            }
            try await bench.finish(lease, .partial)
            let failures = try await bench.store.failures(of: lease.run, limit: 9)
            #expect(failures == ["f1", "f2"].map { TaskFailure(job: .list($0), problem: .unreachable) })
            #expect(try await bench.store.failures(of: lease.run, limit: 1).count == 1)
            _ = try await bench.take()
            #expect(try await bench.store.failures(of: lease.run, limit: 9).isEmpty)
        }
    }

    @Test func `records that no list has any more go with the end, and are counted`() async throws {
        try await RunBench.with { bench in
            let first = try await bench.begin(.list("f1"))
            try await bench.commit(first, .page(bench.task(first), .done(isWhole: true), notes: ["n1", "n2"]))
            try await bench.finish(first, reconciling: ["TestNote"])
            let second = try await bench.begin(.list("f1"))
            try await bench.commit(second, .page(bench.task(second), .done(isWhole: true), notes: ["n2"]))
            let run = try await bench.finish(second, reconciling: ["TestNote"])
            #expect(run.progress.counts["TestNote"] == RunProgress.Count(unchanged: 1, gone: 1))
            #expect(try await bench.notes() == ["n2"])
        }
    }

    @Test func `of the runs that are over the newest two hundred of each connection are kept`() async throws {
        try await RunBench.with { bench in
            try await bench.store.connect(.sample(.two, slug: "two", account: "two"))
            let other = try await bench.take(of: .two).lease
            try await bench.finish(other)
            let first = try await bench.begin(.list("f1"))
            try await bench.finish(first)
            try await bench.store.writer.write { database in
                try database.execute(
                    sql: """
                        WITH RECURSIVE n (i) AS (VALUES (1) UNION ALL SELECT i + 1 FROM n WHERE i < 199)
                        INSERT INTO run
                        SELECT NULL, 'r' || i, connection_id, mode, only_entities, state, requested_at, started_at,
                            ended_at, is_cancel_requested, worker, fence, leased_until, progress, ending
                        FROM run, n WHERE id = ?
                        """, arguments: [first.run.rawValue])
            }
            #expect(try await bench.store.runs(of: .one, limit: 999).count == 200)
            let taken = try await bench.take()
            #expect(taken.adopted == 1)
            try await bench.finish(taken.lease)
            let kept = try await bench.store.runs(of: .one, limit: 999)
            #expect(kept.count == 200)
            #expect(kept.first?.id == taken.run.id)
            #expect(!kept.contains { $0.id == first.run })
            #expect(try await bench.store.runs(of: .two, limit: 9).map(\.id) == [other.run])
        }
    }
}
