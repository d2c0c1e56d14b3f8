import Foundation
import MaxCore
import MaxHub
import MaxStore
import Testing

@testable import MaxSync

/// A disk that gets full is left alone in time, and what came before stays.
struct RoomTests {
    private static let none = DiskHeadroom.exhausted(bytesLeft: 480_000_000)

    @Test func `nothing is begun without room, and nothing is lost by that`() async throws {
        try await Bench.with { bench in
            let asked = try await bench.service.request(bench.connection)
            bench.clock.leave(Self.none)
            await #expect(throws: MaxError.self) { try await bench.service.request(bench.connection) }
            await #expect(throws: MaxError.self) { try await bench.service.perform(asked.id) }
            #expect(try await bench.service.run(asked.id).state == .requested)
            bench.clock.leave(.low(bytesLeft: 600_000_000))
            #expect(try await bench.service.perform(asked.id).state == .complete)
            try await bench.expectTruth()
        }
    }

    @Test func `a sync stops before the disk is full, keeps what came, and the next goes on from there`() async throws {
        try await Bench.with(Provider(shelves: 3, books: 4, notes: 2)) { bench in
            let asked = try await bench.service.request(bench.connection)
            bench.rows.onCommit { [clock = bench.clock] _ in clock.leave(Self.none) }
            let stopped = try await bench.service.perform(asked.id)
            #expect(stopped.state == .failed)
            #expect(stopped.ending?.problem?.code == "disk_low")
            #expect(stopped.progress.records > 0)
            bench.rows.onCommit(nil)
            bench.clock.leave(.ample)
            #expect(try await bench.sync().state == .complete)
            try await bench.expectTruth()
        }
    }

    @Test func `a full disk is no failure of the connection's`() async throws {
        try await Bench.with { bench in
            for _ in 0..<9 {
                let asked = try await bench.service.request(bench.connection, RunScope(.everything))
                bench.rows.onCommit { [clock = bench.clock] _ in clock.leave(Self.none) }
                #expect(try await bench.service.perform(asked.id).ending?.problem?.code == "disk_low")
                bench.clock.leave(.ample)
            }
            let standing = try #require(try await bench.store.syncStandings(of: bench.connection).first)
            #expect(standing.setback == nil)
        }
    }

    @Test func `a server goes on by itself when there is room`() async throws {
        try await Bench.with(Provider(shelves: 3, books: 4, notes: 2)) { bench in
            bench.rows.onCommit { [clock = bench.clock] _ in clock.leave(Self.none) }
            let asked = try await bench.service.request(bench.connection)
            let keeper = RunKeeper(bench.service, pause: .milliseconds(1))
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask { await keeper.run() }
                while try await bench.store.openRuns(limit: 9).map(\.id).allSatisfy({ $0 == asked.id }) {
                    await Task.yield()
                }
                #expect(try await bench.service.run(asked.id).ending?.problem?.code == "disk_low")
                bench.rows.onCommit(nil)
                bench.clock.leave(.ample)
                while try await bench.service.runs(of: bench.connection, limit: 1).first?.state != .complete {
                    await Task.yield()
                }
                group.cancelAll()
            }
            try await bench.expectTruth()
        }
    }
}
