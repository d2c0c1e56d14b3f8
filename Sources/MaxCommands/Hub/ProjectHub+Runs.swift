internal import MaxCore
internal import MaxEngines
internal import MaxHub
internal import MaxSync
internal import MaxWire

extension ProjectHub {
    func runs(of connection: ConnectionBody?, atMost most: Int) async throws -> [RunBody] {
        let runs = try await engines.sync().runs(of: connection?.key, limit: most)
        let all = Dictionary(uniqueKeysWithValues: try await desk.rows.connections().map { ($0.id, $0) })
        return runs.map { RunBody($0, of: all[$0.connection]) }
    }

    func run(_ id: String) async throws -> RunBody { try await body(of: engines.sync().run(RunID(rawValue: id))) }

    func run(named word: String) async throws -> RunBody { try await body(of: engines.run(named: word)) }

    func cancelRun(_ id: String) async throws -> RunBody {
        try await body(of: engines.sync().cancel(RunID(rawValue: id)))
    }

    func requestSync(_ connection: ConnectionBody, _ request: SyncRequestBody) async throws -> RunBody {
        let mode = request.mode.flatMap(RunScope.Mode.init) ?? .changes
        return try await body(
            of: engines.sync().request(connection.key, RunScope(mode, only: Set(request.only ?? []))))
    }

    /// Collects in this process, unless another one was quicker; then it watches that one.
    func carryOut(_ run: RunBody, see: @escaping RunWitness) async throws -> RunBody {
        do {
            return try await body(of: engines.sync().perform(run.key))
        } catch let error as MaxError where error.code == .runUnderWay {
            return try await follow(run, see: see)
        } catch let error as MaxError where error.code == .runEnded {
            return try await self.run(run.id)
        }
    }

    func follow(_ run: RunBody, see: @escaping RunWitness) async throws -> RunBody {
        let start = ContinuousClock.now
        while true {
            let run = try await self.run(run.id)
            if run.standing.isEnded { return run }
            let isWaiting = run.standing == .requested && ContinuousClock.now - start > .seconds(5)
            if run.stalled || isWaiting { throw MaxError.abandoned(run) }
            try await Task.sleep(for: .milliseconds(250))
        }
    }

    func glance(at run: String) async throws -> RunBody? { try await self.run(run) }

    func leave(_ run: RunBody, of connection: ConnectionBody) async throws {
        let arguments =
            ["sync", connection.id, "--json"] + (run.mode == RunScope.Mode.everything.rawValue ? ["--full"] : [])
            + run.only.flatMap { ["--only", $0] }
        try DetachedSync(arguments: arguments, environment: desk.program.settings.environment).start()
    }

    private func body(of run: Run) async throws -> RunBody {
        RunBody(run, of: try await desk.rows.connection(run.connection))
    }
}

extension MaxError {
    fileprivate static func abandoned(_ run: RunBody) -> MaxError {
        let sentence =
            run.stalled
            ? "The process that collected is gone; what it had collected is kept." : "Nobody has begun this sync."
        return MaxError(.runAbandoned, sentence, fix: "Leave out --follow to go on with it.")
    }
}

extension MaxError.Code {
    /// Nobody works on the run.
    fileprivate static let runAbandoned: Self = "run_abandoned"
}
