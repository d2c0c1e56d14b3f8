internal import HTTPTypes
internal import MaxCore
internal import MaxEngines
internal import MaxHub
internal import MaxSync
internal import MaxWire

/// Syncs: those that were, and the one that is under way.
enum RunRoutes {
    static let all = [list, show, cancel, events]

    private static let run = Parameter.path("run", "The sync's id.")
    private static let connection = Parameter.query(
        "connection", "The id or short name of a connection; all unless given.", atMost: 512)

    private static let list = Route(
        method: .get, path: "/v1/runs", name: "listRuns", summary: "The syncs, the newest first.",
        admission: .scope(.read), parameters: [connection, .after, .limit], answer: .value(.page(of: .run, "RunPage"))
    ) { call in
        var one: Connection?
        if let word = call[connection] { one = try await call.connection(word) }
        return try .value(await call.runs(of: one))
    }

    private static let show = Route(
        method: .get, path: "/v1/runs/{run}", name: "getRun", summary: "One sync, as far as it came.",
        admission: .scope(.read), parameters: [run], answer: .value(.shape(.run))
    ) { call in try .value(await call.body(of: call.engines.sync().run(RunID(rawValue: call.text(run))))) }

    private static let cancel = Route(
        method: .post, path: "/v1/runs/{run}/cancel", name: "cancelRun",
        summary: "Asks a sync to stop at a safe point; what came stays.", admission: .scope(.manage),
        parameters: [run], answer: .value(.shape(.run))
    ) { call in try .value(await call.body(of: call.engines.sync().cancel(RunID(rawValue: call.text(run))))) }

    private static let events = Route(
        method: .get, path: "/v1/runs/{run}/events", name: "watchRun",
        summary: "A sync as it stands, now and whenever that changes, until it is over.", admission: .scope(.read),
        parameters: [run], answer: .events(["run": .shape(.run), "ended": .shape(.problem)])
    ) { call in
        let id = RunID(rawValue: call.text(run))
        _ = try await call.engines.sync().run(id)
        return call.stream("run") {
            let run = try await call.engines.sync().run(id)
            return (try .value(await call.body(of: run)), run.state.isEnded)
        }
    }
}

extension Call {
    fileprivate func body(of run: Run) async throws -> RunBody {
        RunBody(run, of: try await engines.rows.connection(run.connection))
    }

    /// A page of syncs.
    ///
    /// The store knows the newest ones only, so that a later page is read together with those before it.
    fileprivate func runs(of connection: Connection?) async throws -> PageBody<RunBody> {
        let (last, limit, sync) = (try after, number(.limit), try engines.sync())
        var depth = limit + 1
        while true {
            let runs = try await sync.runs(of: connection?.id, limit: depth)
            let place = last.map { last in runs.firstIndex { $0.id.rawValue == last }.map { $0 + 1 } } ?? 0
            if let place, runs.count - place > limit || runs.count < depth {
                return try await page(of: Array(runs[place...]), limit)
            }
            guard runs.count == depth, depth < Self.deepest else { throw MaxError.cursorForeign }
            depth = min(Self.deepest, 2 * depth + limit)
        }
    }

    /// How many syncs can be seen.
    private static let deepest = 20_000

    private func page(of runs: [Run], _ limit: Int) async throws -> PageBody<RunBody> {
        let connections = Dictionary(try await engines.rows.connections().map { ($0.id, $0) }) { first, _ in first }
        let page = runs.prefix(limit)
        return PageBody(
            page.map { RunBody($0, of: connections[$0.connection]) },
            next: runs.count > limit ? page.last.map { Self.cursor($0.id.rawValue) } : nil)
    }
}
