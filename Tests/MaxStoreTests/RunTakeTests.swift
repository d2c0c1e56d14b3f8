internal import Foundation
internal import MaxConnector
internal import MaxCore
internal import MaxHub
internal import Testing

@testable internal import MaxStore

/// Who may work on a run; two stores on one folder are two processes.
struct RunTakeTests {
    @Test func `of two processes that take a run at once exactly one gets it`() async throws {
        try await RunBench.with { bench in
            let stores = [bench.store, try bench.otherProcess()]
            for round in 0..<15 {
                let request = RequestedRun(id: RunID(in: .real), connection: .one, requestedAt: noon)
                let id = try await bench.store.request(request).id
                let codes = try await Self.race(for: id, stores, round)
                #expect(codes.count(where: { $0 == nil }) == 1)
                #expect(codes.contains(.runUnderWay))
                _ = try await bench.store.requestCancel(id, at: noon)
            }
        }
    }

    /// Takes a run from each store; nobody leaves before all have tried.
    private static func race(for id: RunID, _ stores: [SQLiteStore], _ round: Int) async throws -> [MaxError.Code?] {
        let tries = Meeting(of: stores.count)
        return try await withThrowingTaskGroup(of: MaxError.Code?.self) { group in
            for (number, store) in stores.enumerated() {
                group.addTask {
                    let worker = WorkerID(rawValue: "w\(round)-\(number)")
                    return try await store.present(as: worker) {
                        let code = await refusal {
                            _ = try await store.take(id, as: worker, until: noon + 30, at: noon)
                        }
                        await tries.wait()
                        return code
                    }
                }
            }
            return try await group.reduce(into: []) { $0.append($1) }
        }
    }

    @Test func `a taken run says who works on it`() async throws {
        try await RunBench.with { bench in
            let taken = try await bench.take(at: noon + 3)
            #expect(
                taken.lease
                    == RunLease(run: taken.run.id, worker: WorkerID(rawValue: "w1"), fence: 1, until: noon + 33))
            #expect(taken.run.lease == taken.lease)
            #expect(taken.run.state == .running)
            #expect(taken.run.startedAt == noon + 3)
            #expect(taken.adopted == 0)
            #expect(taken.lastWholeAt == nil)
            #expect(!taken.isPassOpen)
            #expect(taken.refusal == nil)
        }
    }

    @Test func `what a living process works on cannot be taken, nor anything beside it`() async throws {
        try await RunBench.with { bench in
            let session = SetupSession.sample("set_again", for: .one, purpose: .reconnect)
            let other = try bench.otherProcess()
            try await bench.store.present(as: WorkerID(rawValue: "w1")) {
                let id = try await bench.take().run.id
                try await bench.store.insert(session)
                try await bench.store.activate(Activation(session, .sample(), replaces: true, run: "run_again"))
                for run in [id, RunID(rawValue: "run_again")] {
                    let code = await refusal {
                        _ = try await other.take(run, as: WorkerID(rawValue: "w2"), until: noon + 60, at: noon + 29)
                    }
                    #expect(code == .runUnderWay)
                }
                #expect(try await other.run(id)?.isStalled == false)
            }
        }
    }

    @Test func `the run of a killed process is seen at once, and ends when the next one is taken`() async throws {
        try await RunBench.with { bench in
            let lock = bench.store.folder.lock("worker-w1")
            let process = try lock.opened()
            #expect(try process.claim())
            let killed = try await bench.take().run
            #expect(try await bench.otherProcess().run(killed.id)?.isStalled == false)

            process.close()
            #expect(try await bench.otherProcess().run(killed.id)?.isStalled == true)
            let next = try await bench.take(as: "w2").run
            #expect(next.id != killed.id)
            let ended = try #require(try await bench.store.run(killed.id))
            #expect(ended.state == .cancelled)
            #expect(ended.lease == nil)
            #expect(!ended.isStalled)
            #expect(ended.ending?.problem?.code == "run_abandoned")
        }
    }

    @Test func `a process that is frozen loses its run when its lease is over`() async throws {
        try await RunBench.with { bench in
            let other = try bench.otherProcess()
            try await bench.store.present(as: WorkerID(rawValue: "w1")) {
                let frozen = try await bench.take().lease
                _ = try await bench.store.renew(
                    RunLease(run: frozen.run, worker: frozen.worker, fence: frozen.fence, until: noon + 40))
                let second = WorkerID(rawValue: "w2")
                let early = await refusal {
                    _ = try await other.take(frozen.run, as: second, until: noon + 90, at: noon + 39)
                }
                #expect(early == .runUnderWay)
                let taken = try await other.take(frozen.run, as: second, until: noon + 90, at: noon + 40)
                #expect(taken.lease.fence == frozen.fence + 1)
                #expect(taken.run.startedAt == noon)
                #expect(await refusal { _ = try await bench.store.renew(frozen) } == .leaseLost)
            }
        }
    }

    @Test func `a run that is over or never was cannot be taken`() async throws {
        try await RunBench.with { bench in
            let lease = try await bench.take().lease
            try await bench.finish(lease)
            let worker = WorkerID(rawValue: "w2")
            #expect(
                await refusal { _ = try await bench.store.take(lease.run, as: worker, until: noon, at: noon) }
                    == .runEnded)
            let none = RunID(rawValue: "run_none")
            #expect(
                await refusal { _ = try await bench.store.take(none, as: worker, until: noon, at: noon) }
                    == .runNotFound)
        }
    }

    @Test func `a process leaves no file behind, and looking for one makes none`() async throws {
        try await RunBench.with { bench in
            let locks = { try FileManager.default.contentsOfDirectory(atPath: bench.store.folder.locks).sorted() }
            let before = try locks()
            _ = try await bench.store.present(as: WorkerID(rawValue: "w1")) { try await bench.take() }
            #expect(try await bench.store.runs(of: nil, limit: 9).map(\.isStalled) == [true])
            #expect(try locks() == before)

            let killed = try bench.store.folder.lock("worker-w1").opened()
            #expect(try killed.claim())
            killed.close()
            #expect(try locks().count == before.count + 1)
            #expect(try await bench.store.runs(of: nil, limit: 9).map(\.isStalled) == [true])
            #expect(try locks() == before)
        }
    }
}

/// A place where tasks wait for each other.
private actor Meeting {
    private var missing: Int
    private var waiting: [CheckedContinuation<Void, Never>] = []

    init(of count: Int) { missing = count }

    func wait() async {
        missing -= 1
        guard missing == 0 else { return await withCheckedContinuation { waiting.append($0) } }
        for continuation in waiting { continuation.resume() }
    }
}
