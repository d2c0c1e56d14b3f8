import Foundation
import MaxCore
import MaxHub
import MaxStore
import Testing

@testable import MaxSync

/// Syncs that nobody asks for: time does.
struct DueRunTests {
    /// Runs `body` beside a keeper, which is stopped then.
    private func keeping(_ bench: Bench, _ body: () async throws -> Void) async throws {
        let keeper = RunKeeper(bench.service, pause: .milliseconds(1))
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { await keeper.run() }
            try await body()
            group.cancelAll()
        }
    }

    private func completed(_ bench: Bench) async throws -> Int {
        try await bench.store.runs(of: bench.connection, limit: 99).filter { $0.state == .complete }.count
    }

    @Test func `what is due is synced by itself, once however long nobody was there`() async throws {
        try await Bench.with { bench in
            bench.clock.reach(noon + 40 * 86400)
            try await keeping(bench) {
                while try await completed(bench) == 0 { await Task.yield() }
            }
            #expect(try await completed(bench) == 1)
            #expect(try await bench.service.dueConnections().isEmpty)
            try await bench.expectTruth()
        }
    }

    @Test func `what is not due, paused or given up is left alone`() async throws {
        try await Bench.with { bench in
            #expect(try await bench.service.dueConnections().isEmpty)
            bench.clock.reach(noon + 86400)
            var due = try await bench.service.dueConnections()
            #expect(due.take(9) == [bench.connection])
            try await bench.store.setPaused(true, of: bench.connection, at: bench.clock.now)
            #expect(try await bench.service.dueConnections().isEmpty)
            try await bench.store.setPaused(false, of: bench.connection, at: bench.clock.now)
            #expect(try await !bench.service.dueConnections().isEmpty)
        }
    }

    @Test func `a provider that stays down is asked ever more rarely, and after the seventh failure no more`()
        async throws
    {
        try await Bench.with { bench in
            var tries: [TimeInterval] = []
            bench.provider.fail(always: "", .problem(Problem("down", .permanent, "The library is closed.")))
            for hour in 0..<(7 * 24) {
                bench.clock.reach(noon + Double(hour) * 3600)
                var due = try await bench.service.dueConnections()
                guard due.take(1) == [bench.connection] else { continue }
                let run = try await bench.sync()
                #expect(run.state == .failed)
                tries.append(Double(hour))
            }
            #expect(tries.count == 7)
            let waits = zip(tries, tries.dropFirst()).map { $1 - $0 }
            #expect(waits == waits.sorted())
            #expect(waits.last.map { $0 >= 16 } == true)
            bench.provider.mend()
            #expect(try await bench.sync().state == .complete)
            bench.clock.reach(noon + 8 * 86400)
            #expect(try await !bench.service.dueConnections().isEmpty)
        }
    }
}
