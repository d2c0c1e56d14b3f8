import Foundation
import MaxCore
import MaxHub
import MaxStore
import Testing

@testable import MaxSync

struct RunKeeperTests {
    /// Runs `body` beside a keeper, which is stopped then.
    private func keeping(
        _ bench: Bench, pause: Duration = .milliseconds(1), _ body: @Sendable (RunKeeper) async throws -> Void
    ) async throws {
        let keeper = RunKeeper(bench.service, pause: pause)
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { await keeper.run() }
            try await body(keeper)
            group.cancelAll()
        }
    }

    private func waitForEnd(_ bench: Bench, _ id: RunID) async throws -> Run {
        while true {
            let run = try await bench.service.run(id)
            if run.state.isEnded { return run }
            await Task.yield()
        }
    }

    @Test func `carries out what is asked for`() async throws {
        try await Bench.with { bench in
            let id = try await bench.service.request(bench.connection).id
            try await keeping(bench) { _ in
                let ended = try await waitForEnd(bench, id)
                #expect(ended.state == .complete)
                let next = try await bench.service.request(bench.connection).id
                #expect(next != id)
                let again = try await waitForEnd(bench, next)
                #expect(again.state == .complete)
            }
            try await bench.expectTruth()
        }
    }

    @Test func `looks at once when it is told to`() async throws {
        try await Bench.with { bench in
            try await keeping(bench, pause: .seconds(600)) { keeper in
                let id = try await bench.service.request(bench.connection).id
                keeper.wake()
                let ended = try await waitForEnd(bench, id)
                #expect(ended.state == .complete)
            }
        }
    }

    @Test func `takes over what nobody works on any more`() async throws {
        try await Bench.with { bench in
            let id = try await bench.service.request(bench.connection).id
            // The worker is not present: it is dead.
            _ = try await bench.store.take(
                id, as: WorkerID(rawValue: "wrk_dead"), until: bench.clock.now + 60, at: bench.clock.now)
            try await keeping(bench) { _ in
                let ended = try await waitForEnd(bench, id)
                #expect(ended.state == .complete)
            }
            try await bench.expectTruth()
        }
    }

    @Test func `stops at a safe point, and asks anew for what it left`() async throws {
        try await Bench.with(Provider(shelves: 2, books: 2)) { bench in
            bench.provider.fail(always: "books s1", .silence)
            let id = try await bench.service.request(bench.connection, RunScope(.everything)).id
            try await keeping(bench) { _ in
                while try await bench.service.run(id).progress.records == 0 { await Task.yield() }
            }
            #expect(try await bench.service.run(id).state == .cancelled)
            let left = try await bench.store.openRuns(limit: 9)
            #expect(left.map(\.state) == [.requested])
            #expect(left.map(\.scope) == [RunScope(.everything)])
            bench.provider.mend()
            try await keeping(bench) { _ in
                let ended = try await waitForEnd(bench, left[0].id)
                #expect(ended.state == .complete)
            }
            try await bench.expectTruth()
        }
    }

    @Test func `does not ask anew for what a person stopped`() async throws {
        try await Bench.with(Provider(shelves: 2, books: 2)) { bench in
            bench.provider.fail(always: "books s1", .silence)
            let id = try await bench.service.request(bench.connection).id
            try await keeping(bench) { _ in
                while try await bench.service.run(id).progress.records == 0 { await Task.yield() }
                _ = try await bench.service.cancel(id)
                while try await !bench.service.run(id).state.isEnded {
                    bench.clock.beat()
                    await Task.yield()
                }
            }
            #expect(try await bench.store.openRuns(limit: 9) == [])
        }
    }
}

struct KeeperBoardTests {
    private func run(_ name: String, of connection: String, _ state: RunState = .requested, stalled: Bool = false)
        -> Run
    {
        Run(
            id: RunID(rawValue: name), connection: ConnectionID(rawValue: connection), scope: RunScope(), state: state,
            requestedAt: noon, isStalled: stalled)
    }

    @Test func `begins as many as it has room for, those asked for first`() {
        var board = KeeperBoard(width: 2)
        let open = [run("a", of: "1"), run("b", of: "2"), run("c", of: "3")]
        #expect(board.choose(from: open, at: noon).map(\.id.rawValue) == ["a", "b"])
        #expect(!board.hasRoom)
        #expect(board.choose(from: open, at: noon) == [])
        board.leave(RunID(rawValue: "a"), until: nil)
        #expect(board.choose(from: Array(open.dropFirst()), at: noon).map(\.id.rawValue) == ["c"])
    }

    @Test func `leaves alone what somebody works on, and a connection of which something is under way`() {
        var board = KeeperBoard(width: 9)
        let open = [
            run("a", of: "1", .running), run("b", of: "1"), run("c", of: "2", .running, stalled: true),
            run("d", of: "2"),
        ]
        #expect(board.choose(from: open, at: noon).map(\.id.rawValue) == ["c"])
        #expect(board.choose(from: open, at: noon) == [])
    }

    @Test func `leaves alone for a while what could not be begun`() {
        var board = KeeperBoard(width: 9)
        let open = [run("a", of: "1")]
        #expect(board.choose(from: open, at: noon).count == 1)
        board.leave(RunID(rawValue: "a"), until: noon + 30)
        #expect(board.choose(from: open, at: noon + 29) == [])
        #expect(board.choose(from: open, at: noon + 30).count == 1)
    }
}
