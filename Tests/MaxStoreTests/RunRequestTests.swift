internal import Foundation
internal import GRDB
internal import MaxConnector
internal import MaxCore
internal import MaxHub
internal import Testing

@testable internal import MaxStore

struct RunRequestTests {
    private func request(
        _ id: String, _ scope: RunScope = RunScope(), of connection: ConnectionID = .one
    ) -> RequestedRun {
        RequestedRun(id: RunID(rawValue: id), connection: connection, scope: scope, requestedAt: noon)
    }

    @Test func `a setup asks for the first run`() async throws {
        try await RunBench.with { bench in
            let expected = Run(
                id: RunID(rawValue: "run_con_one"), connection: .one, scope: RunScope(), state: .requested,
                requestedAt: noon)
            let runs = try await bench.store.runs(of: .one, limit: 9)
            #expect(runs == [expected])
            #expect(try await bench.store.run(expected.id) == expected)
            #expect(try await bench.store.run(RunID(rawValue: "run_none")) == nil)
        }
    }

    @Test func `lists what waits or is under way, and nothing that is over`() async throws {
        try await RunBench.with { bench in
            let requested = try await bench.store.openRuns(limit: 9)
            #expect(requested.map(\.id.rawValue) == ["run_con_one"])
            #expect(requested.map(\.state) == [.requested])
            try await bench.store.present(as: WorkerID(rawValue: "w1")) {
                _ = try await bench.take()
                let running = try await bench.store.openRuns(limit: 9)
                #expect(running.map(\.state) == [.running])
                #expect(running.map(\.isStalled) == [false])
            }
            let stalled = try await bench.store.openRuns(limit: 9)
            #expect(stalled.map(\.isStalled) == [true])
            let none = try await bench.store.openRuns(limit: 0)
            #expect(none.isEmpty)
            _ = try await bench.store.requestCancel(RunID(rawValue: "run_con_one"), at: noon)
            let over = try await bench.store.openRuns(limit: 9)
            #expect(over.isEmpty)
        }
    }

    @Test func `tells how a connection is by its newest run and the newest that collected everything`() async throws {
        try await RunBench.with { bench in
            var ended: [Run] = []
            for state in [RunState.complete, .complete, .failed, .partial] {
                ended.append(try await bench.finish(bench.take().lease, state))
            }
            for connection in [nil, ConnectionID.one] {
                let standing = try await bench.store.standingRuns(of: connection)
                #expect(standing == [.one: [ended[3], ended[1]]])
            }
            let none = try await bench.store.standingRuns(of: ConnectionID(rawValue: "con_none"))
            #expect(none.isEmpty)
        }
    }

    @Test func `a setup again asks for no second run while the first one waits`() async throws {
        try await RunBench.with { bench in
            let session = SetupSession.sample("set_again", for: .one, purpose: .reconnect)
            try await bench.store.insert(session)
            try await bench.store.activate(Activation(session, .sample(), replaces: true, run: "run_again"))
            #expect(try await bench.store.runs(of: .one, limit: 9).map(\.id.rawValue) == ["run_con_one"])
        }
    }

    @Test func `a setup again asks for a run beside the one under way`() async throws {
        try await RunBench.with { bench in
            try await bench.store.present(as: WorkerID(rawValue: "w1")) {
                _ = try await bench.take()
                let session = SetupSession.sample("set_again", for: .one, purpose: .reconnect)
                try await bench.store.insert(session)
                try await bench.store.activate(Activation(session, .sample(), replaces: true, run: "run_again"))
            }
            #expect(try await bench.store.runs(of: .one, limit: 9).map(\.state) == [.requested, .running])
        }
    }

    @Test(arguments: [
        (RunScope(.changes), RunScope(.changes), RunScope(.changes)),
        (RunScope(.changes), RunScope(.everything), RunScope(.everything)),
        (RunScope(.everything), RunScope(.changes), RunScope(.everything)),
        (RunScope(only: ["A"]), RunScope(only: ["B"]), RunScope(only: ["A", "B"])),
        (RunScope(only: ["A"]), RunScope(), RunScope()),
        (RunScope(), RunScope(.everything, only: ["A"]), RunScope(.everything)),
    ])
    func `of two requests before the beginning one is left that has both in it`(
        first: RunScope, second: RunScope, both: RunScope
    ) async throws {
        try await RunBench.with { bench in
            _ = try await bench.store.requestCancel(RunID(rawValue: "run_con_one"), at: noon)
            let one = try await bench.store.request(request("run_a", first))
            let two = try await bench.store.request(request("run_b", second))
            #expect(one.scope == first)
            #expect(two.id == one.id)
            #expect(two.scope == both)
            #expect(try await bench.store.run(RunID(rawValue: "run_b")) == nil)
        }
    }

    @Test func `a request while a run is under way gets that one`() async throws {
        try await RunBench.with { bench in
            try await bench.store.present(as: WorkerID(rawValue: "w1")) {
                let running = try await bench.take().run
                let got = try await bench.store.request(request("run_b", RunScope(.everything)))
                #expect(got == running)
            }
        }
    }

    @Test func `a request after a killed run is a new one`() async throws {
        try await RunBench.with { bench in
            _ = try await bench.take()
            #expect(try await bench.store.request(request("run_b")).id.rawValue == "run_b")
        }
    }

    @Test func `two runs never get the same id`() async throws {
        try await RunBench.with { bench in
            try await bench.store.connect(.sample(.two, slug: "two", account: "two"))
            let run = try await bench.take(of: .two).run
            _ = try await bench.finish(#require(run.lease))
            let twin = RequestedRun(id: run.id, connection: .two, requestedAt: noon)
            #expect(await refusal { _ = try await bench.store.request(twin) } == .databaseFailed)
        }
    }

    @Test(arguments: [
        ("revoked", MaxError.Code.connectionRevoked), ("paused", .connectionInactive), ("shell", .connectionInactive),
    ])
    func `nothing is collected from a connection that is`(state: String, code: MaxError.Code) async throws {
        try await RunBench.with { bench in
            try await bench.store.writer.write { try $0.execute(sql: "UPDATE connection SET state = '\(state)'") }
            #expect(await refusal { _ = try await bench.store.request(request("run_b")) } == code)
            let (run, worker) = (RunID(rawValue: "run_con_one"), WorkerID(rawValue: "w1"))
            #expect(
                await refusal { _ = try await bench.store.take(run, as: worker, until: noon + 1, at: noon) } == code)
        }
    }

    @Test func `nothing is collected from a connection that is not there`() async throws {
        try await RunBench.with { bench in
            #expect(await refusal { _ = try await bench.store.request(request("r", of: .two)) } == .connectionNotFound)
            try await bench.store.erase(.one, at: noon)
            #expect(await refusal { _ = try await bench.store.request(request("r")) } == .connectionNotFound)
            #expect(try await bench.store.runs(of: nil, limit: 9).isEmpty)
        }
    }

    @Test func `the newest runs come first, of one connection or of all`() async throws {
        try await RunBench.with { bench in
            try await bench.store.connect(.sample(.two, slug: "two", account: "two"))
            for _ in 0..<2 { try await bench.finish(bench.take().lease) }
            let last = try await bench.store.request(request("run_b"))
            let all = try await bench.store.runs(of: nil, limit: 9)
            #expect(all.map(\.state) == [.requested, .complete, .requested, .complete])
            #expect(all.first == last)
            #expect(try await bench.store.runs(of: .one, limit: 2) == [all[0], all[1]])
            #expect(try await bench.store.runs(of: .two, limit: 9).map(\.id.rawValue) == ["run_con_two"])
            #expect(try await bench.store.runs(of: nil, limit: -1).isEmpty)
        }
    }
}

struct RunCancelTests {
    @Test func `a run that nobody has begun ends at once`() async throws {
        try await RunBench.with { bench in
            let ended = try await bench.store.requestCancel(RunID(rawValue: "run_con_one"), at: noon + 5)
            #expect(ended.state == .cancelled)
            #expect(ended.endedAt == noon + 5)
            #expect(ended.ending?.problem?.code == "run_stopped")
        }
    }

    @Test func `a run under way is asked to stop, and told so with its next word`() async throws {
        try await RunBench.with { bench in
            try await bench.store.present(as: WorkerID(rawValue: "w1")) {
                let lease = try await bench.begin(.list("f1"))
                #expect(try await bench.store.renew(lease) == false)
                let asked = try await bench.otherProcess().requestCancel(lease.run, at: noon)
                #expect(asked.state == .running)
                #expect(asked.isCancelRequested)
                #expect(try await bench.store.renew(lease))
                #expect(try await bench.store.commit([], under: lease, at: noon).isCancelRequested)
            }
        }
    }

    @Test func `a run whose process is gone ends at once, and its process can not write any more`() async throws {
        try await RunBench.with { bench in
            let lease = try await bench.begin(.list("f1"))
            #expect(try await bench.store.requestCancel(lease.run, at: noon).state == .cancelled)
            #expect(await refusal { _ = try await bench.store.renew(lease) } == .leaseLost)
        }
    }

    @Test func `a run that ended stays as it is`() async throws {
        try await RunBench.with { bench in
            let lease = try await bench.begin()
            let ended = try await bench.finish(lease, .partial)
            #expect(try await bench.store.requestCancel(lease.run, at: noon + 9) == ended)
        }
    }

    @Test func `a run that never was cannot be stopped`() async throws {
        try await RunBench.with { bench in
            let id = RunID(rawValue: "run_none")
            #expect(await refusal { _ = try await bench.store.requestCancel(id, at: noon) } == .runNotFound)
        }
    }
}
