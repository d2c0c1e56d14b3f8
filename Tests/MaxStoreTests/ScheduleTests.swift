internal import Foundation
internal import GRDB
internal import MaxConnector
internal import MaxCore
internal import MaxHub
internal import Testing

@testable internal import MaxStore

struct ScheduleTests {
    private static let down = RunEnding(problem: Problem("down", .retryable, "It is down."))
    private static let odd = RunEnding(problem: Problem("odd", .permanent, "It is odd.", retryAfter: 90))

    private func standing(_ bench: RunBench) async throws -> SyncStanding {
        try #require(try await bench.store.syncStandings(of: .one).first)
    }

    @Test func `counts failures in a row that have one cause, from the first of them on`() async throws {
        try await RunBench.with { bench in
            for minute in 1...3 {
                _ = try await bench.finish(
                    bench.take().lease, .failed, Self.down, at: noon + Double(minute * 60))
            }
            #expect(try await standing(bench).setback == Setback(code: "down", count: 3, since: noon + 60))
            _ = try await bench.finish(bench.take().lease, .cancelled, at: noon + 240)
            #expect(try await standing(bench).setback?.count == 3)
            _ = try await bench.finish(bench.take().lease, .failed, Self.odd, at: noon + 300)
            let odd = try await standing(bench)
            #expect(odd.setback == Setback(code: "odd", count: 1, since: noon + 300))
            #expect(odd.retryAfter == 90)
        }
    }

    @Test func `expects a credential to last as long as the two before it`() async throws {
        try await RunBench.with { bench in
            var made = noon
            for days in [90, 90.5] {
                try await replaceCredential(bench, at: made)
                #expect(try await standing(bench).expectedEnd == nil)
                made += days * 86400
                for again in [0, 60.0] {
                    try await bench.finish(
                        bench.take(at: made + again).lease, .failed, RunEnding(problem: .refused), at: made + again)
                }
            }
            try await replaceCredential(bench, at: made)
            #expect(try await standing(bench).expectedEnd == made + 90 * 86400)
        }
    }

    private func replaceCredential(_ bench: RunBench, at time: Date) async throws {
        let session = SetupSession.sample("set_\(time.timeIntervalSince1970)", for: .one, purpose: .reconnect)
        try await bench.store.insert(session)
        var connection = Connection.sample()
        connection.lastSetup = FinishedSetup(session, updated: true, credential: "API token", at: time)
        try await bench.store.activate(
            Activation(session, connection, replaces: true, run: "run_\(time.timeIntervalSince1970)"))
    }

    @Test(arguments: [RunState.complete, .partial]) func `what brings anything ends a setback`(state: RunState)
        async throws
    {
        try await RunBench.with { bench in
            _ = try await bench.finish(bench.take().lease, .failed, Self.down)
            _ = try await bench.finish(bench.take().lease, state, at: noon + 60)
            let standing = try await standing(bench)
            #expect(standing.setback == nil)
            #expect(standing.lastEndedAt == noon + 60)
        }
    }

    @Test func `tells what waits, what is under way and what was refused`() async throws {
        try await RunBench.with { bench in
            let first = try await standing(bench)
            #expect(first.isOpen && first.lastEndedAt == nil && !first.isRefused)
            let lease = try await bench.take().lease
            #expect(try await standing(bench).isOpen)
            let refused = Problem("credential_refused", .auth, "No.", rung: .signIn)
            _ = try await bench.finish(lease, .failed, RunEnding(problem: refused))
            let last = try await standing(bench)
            #expect(!last.isOpen && last.isRefused)
            #expect(try await bench.store.syncStandings(of: nil) == [last])
            #expect(try await bench.store.syncStandings(of: ConnectionID(rawValue: "con_none")) == [])
        }
    }

    @Test func `keeps what the owner wants between two syncs`() async throws {
        try await RunBench.with { bench in
            #expect(try await standing(bench).ownInterval == nil)
            try await bench.store.setInterval(7200, of: .one)
            #expect(try await standing(bench).ownInterval == 7200)
            try await bench.store.setInterval(nil, of: .one)
            #expect(try await standing(bench).ownInterval == nil)
            let error = await #expect(throws: MaxError.self) {
                try await bench.store.setInterval(7200, of: ConnectionID(rawValue: "con_none"))
            }
            #expect(error?.code == .connectionNotFound)
        }
    }

    @Test func `pausing drops what waits, stops what is under way and refuses more until it is resumed`() async throws {
        try await RunBench.with { bench in
            try await bench.store.setPaused(true, of: .one, at: noon)
            #expect(try await bench.store.openRuns(limit: 9) == [])
            let refused = await #expect(throws: MaxError.self) { _ = try await bench.take() }
            #expect(refused?.code == .connectionInactive)
            try await bench.store.setPaused(false, of: .one, at: noon)
            let lease = try await bench.take().lease
            try await bench.store.setPaused(true, of: .one, at: noon)
            let lost = await #expect(throws: MaxError.self) { _ = try await bench.store.renew(lease) }
            #expect(lost?.code == .leaseLost)
            let ended = try await bench.store.run(lease.run)
            #expect(ended?.state == .cancelled && ended?.ending?.problem?.code == "run_paused")
            #expect(try await standing(bench).state == .paused)
        }
    }

    @Test func `what is disconnected is neither paused nor resumed`() async throws {
        try await RunBench.with { bench in
            try await bench.store.revoke(.one, at: noon)
            for isPaused in [true, false] {
                let error = await #expect(throws: MaxError.self) {
                    try await bench.store.setPaused(isPaused, of: .one, at: noon)
                }
                #expect(error?.code == .connectionRevoked)
            }
            let missing = await #expect(throws: MaxError.self) {
                try await bench.store.setPaused(true, of: ConnectionID(rawValue: "con_none"), at: noon)
            }
            #expect(missing?.code == .connectionNotFound)
        }
    }
}
