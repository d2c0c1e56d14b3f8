import Foundation
import HostileServer
import MaxConnector
import Synchronization
import Testing

@testable import MaxHTTP

struct OperationGateTests {
    private let ledger = CallLedger()
    private var gate: OperationGate { OperationGate(connector: "acme", ledger: ledger) }

    @Test func `lets no more calls run at once than the operation says`() async throws {
        let (gate, operation) = (gate, UpstreamOperation("list", concurrency: 3))
        let level = Level()
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<40 {
                group.addTask {
                    try await gate.pass(operation) {
                        level.rise()
                        for _ in 0..<10 { await Task.yield() }
                        level.fall()
                    }
                }
            }
            try await group.waitForAll()
        }
        #expect((1...3).contains(level.most))
        #expect(ledger.count("acme", operation) == CallLedger.Count(begun: 40, ended: 40))
    }

    @Test func `gives a cancelled waiter's turn to the next`() async throws {
        let (gate, operation) = (gate, UpstreamOperation("list", concurrency: 1))
        let (inside, entered) = AsyncStream.makeStream(of: Void.self)
        let (open, opener) = AsyncStream.makeStream(of: Void.self)
        let first = Task {
            try await gate.pass(operation) {
                entered.yield()
                for await _ in open { break }
            }
        }
        for await _ in inside { break }
        let waiters = (0..<3).map { _ in Task { try await gate.pass(operation) {} } }
        waiters[0].cancel()
        await #expect(throws: CancellationError.self) { try await waiters[0].value }
        opener.finish()
        try await first.value
        try await waiters[1].value
        try await waiters[2].value
        #expect(ledger.count("acme", operation) == CallLedger.Count(begun: 3, ended: 3))
    }

    @Test func `frees the place of a call that failed`() async throws {
        struct Failure: Error {}
        let (gate, operation) = (gate, UpstreamOperation("list", concurrency: 1))
        for _ in 0..<3 {
            await #expect(throws: Failure.self) { try await gate.pass(operation) { throw Failure() } }
        }
        #expect(ledger.count("acme", operation) == CallLedger.Count(begun: 3, ended: 3))
    }

    @Test func `spaces calls to keep a rate`() {
        var lane = OperationLane()
        let start = ContinuousClock.now
        func next(perSecond: Double? = 10, at now: ContinuousClock.Instant) -> ContinuousClock.Instant? {
            var turn: ContinuousClock.Instant?
            return lane.obstacle(perSecond: perSecond, turn: &turn, now: now)
        }
        #expect(next(at: start) == nil)
        #expect(next(at: start) == start.advanced(by: .milliseconds(100)))
        #expect(next(at: start) == start.advanced(by: .milliseconds(200)))
        #expect(next(at: start.advanced(by: .seconds(5))) == nil)
        #expect(next(perSecond: nil, at: start) == nil)
    }

    @Test func `refuses calls after the way out was shut`() async throws {
        try await HostileServer.run(.always(.answer())) { server in
            try await Provider.reach { outbound in
                let upstream = outbound.upstream(Provider.route())
                let request = UpstreamRequest.get(URL(string: "http://acme.test:\(server.port)")!)
                _ = try await upstream.send(request, as: UpstreamOperation("me"))
                await outbound.shutdown()
                await #expect(throws: CancellationError.self) {
                    try await upstream.send(request, as: UpstreamOperation("me"))
                }
            }
            #expect(server.requests.count == 1)
        }
    }
}

/// How many are inside at once, and how many were at most.
private final class Level: Sendable {
    private let state = Mutex((now: 0, most: 0))

    var most: Int { state.withLock { $0.most } }

    func rise() {
        state.withLock { state in
            state.now += 1
            state.most = max(state.most, state.now)
        }
    }

    func fall() { state.withLock { $0.now -= 1 } }
}
