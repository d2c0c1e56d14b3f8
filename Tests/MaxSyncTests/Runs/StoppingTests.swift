import Foundation
import MaxCore
import MaxHub
import MaxStore
import Testing

@testable import MaxSync

struct StoppingTests {
    /// Requests a run whose second shelf never answers, and runs `body` once everything else is stored.
    private func withSilentShelf(
        _ body: (Bench, RunID, _ work: @escaping @Sendable () async throws -> Run) async throws -> Void
    ) async throws {
        try await Bench.with(Provider(shelves: 2, books: 2)) { bench in
            bench.provider.fail(always: "books s1", .silence)
            let id = try await bench.service.request(bench.connection).id
            try await body(bench, id) { try await bench.service.perform(id) }
        }
    }

    private func waitForNotes(_ bench: Bench, _ id: RunID) async throws {
        while try await bench.service.run(id).progress.stages.first(where: { $0.way == "Book.notes" })?.over != 2 {
            await Task.yield()
        }
    }

    private func expectHealing(_ bench: Bench) async throws {
        bench.provider.mend()
        bench.provider.forgetCalls()
        #expect(try await bench.sync().state == .complete)
        try await bench.expectTruth()
        // It went on from there.
        #expect(!bench.provider.calls.contains { $0.hasPrefix("books s0") || $0 == "shelves" })
    }

    @Test func `stops at a safe point when its task is cancelled, and the next sync goes on from there`() async throws {
        try await withSilentShelf { bench, id, work in
            let run = try await withThrowingTaskGroup(of: Run.self) { group in
                group.addTask { try await work() }
                try await waitForNotes(bench, id)
                group.cancelAll()
                return try #require(try await group.next())
            }
            #expect(run.state == .cancelled)
            #expect(run.ending?.problem?.code == "run_stopped")
            #expect(run.lease == nil)
            #expect(try await bench.stored().count == 4)
            try await expectHealing(bench)
        }
    }

    @Test func `stops when somebody asks it to`() async throws {
        try await withSilentShelf { bench, id, work in
            async let run = work()
            try await waitForNotes(bench, id)
            #expect(try await bench.service.cancel(id).isCancelRequested)
            while bench.clock.beat() == 0 { await Task.yield() }
            #expect(try await run.state == .cancelled)
            try await expectHealing(bench)
        }
    }

    @Test func `stores what had come when it was stopped`() async throws {
        try await Bench.with(Provider(shelves: 1, books: 9), limits: .oneAtATime) { bench in
            let id = try await bench.service.request(bench.connection).id
            // It is asked to stop while the second page of books is stored.
            bench.rows.onCommit { [service = bench.service] steps in
                if steps.contains(where: { $0.task.page == 1 }) { _ = try await service.cancel(id) }
            }
            let run = try await bench.service.perform(id)
            #expect(run.state == .cancelled)
            #expect(try await bench.stored().keys.filter { $0.hasPrefix("Book") }.count >= 6)
            bench.rows.onCommit(nil)
            bench.provider.forgetCalls()
            try await bench.sync()
            #expect(!bench.provider.calls.contains("books s0"))
            try await bench.expectTruth()
        }
    }

    @Test func `does not begin when it was cancelled before`() async throws {
        try await Bench.with(Provider(shelves: 1)) { bench in
            let id = try await bench.service.request(bench.connection).id
            let run = try await withThrowingTaskGroup(of: Run.self) { group in
                group.cancelAll()
                group.addTask { try await bench.service.perform(id) }
                return try #require(try await group.next())
            }
            #expect(run.state == .cancelled)
            #expect(bench.provider.calls == [])
        }
    }

    @Test func `refuses to work on a run that somebody else works on`() async throws {
        try await withSilentShelf { bench, id, work in
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask { _ = try await work() }
                try await waitForNotes(bench, id)
                let error = await #expect(throws: MaxError.self) { try await bench.service.perform(id) }
                #expect(error?.code == .runUnderWay)
                // Who asks for another is given the one under way.
                #expect(try await bench.service.request(bench.connection).id == id)
                group.cancelAll()
            }
        }
    }

    @Test func `writes nothing more once its lease is lost`() async throws {
        try await withSilentShelf { bench, id, work in
            let late = Task { try await work() }
            try await waitForNotes(bench, id)
            // It is frozen for a minute, and another process takes the run over.
            bench.clock.advance(by: 60)
            bench.provider.mend()
            let taken = try await bench.service.perform(id)
            #expect(taken.state == .complete)
            let commits = bench.rows.commits.count
            bench.clock.beat()
            let error = await #expect(throws: MaxError.self) { try await late.value }
            #expect(error?.code == .leaseLost)
            #expect(bench.rows.commits.count == commits)
            try await bench.expectTruth()
        }
    }

    @Test func `writes nothing for a connection that is erased under it`() async throws {
        try await withSilentShelf { bench, id, work in
            let late = Task { try await work() }
            try await waitForNotes(bench, id)
            try await bench.store.erase(bench.connection, at: bench.clock.now)
            while bench.clock.beat() == 0 { await Task.yield() }
            let error = await #expect(throws: MaxError.self) { try await late.value }
            #expect(error?.code == .leaseLost)
            #expect(try await bench.store.tallies().isEmpty)
        }
    }

    @Test(arguments: [false, true])
    func `takes up what a killed process left, and leaves none of its runs under way`(isAfter: Bool) async throws {
        var (write, wasKilled) = (0, true)
        while wasKilled {
            write += 1
            try await Bench.with(Provider(shelves: 2, books: 4, notes: 1), limits: .oneAtATime) { bench in
                bench.rows.die(atWrite: write, isAfter: isAfter)
                do {
                    try await bench.sync()
                    wasKilled = false
                } catch is WatchedRuns.Death {}
                bench.rows.revive()
                try await bench.sync()
                try await bench.sync()
                try await bench.expectTruth("killed at write \(write)")
                let runs = try await bench.service.runs(of: bench.connection)
                #expect(runs.allSatisfy { $0.state.isEnded && !$0.isStalled })
            }
        }
        // To take the run, to begin it, to store its pages, to end it.
        #expect(write > 8)
    }
}
