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

    /// A page of syncs, read from the one at which the page before ended.
    fileprivate func runs(of connection: Connection?) async throws -> PageBody<RunBody> {
        let last = try after.map { RunID(rawValue: $0) }
        if let last {
            let run = try await engines.requireStore().run(last)
            guard let run, connection == nil || run.connection == connection?.id else { throw MaxError.cursorForeign }
        }
        let limit = number(.limit)
        let runs = try await engines.sync().runs(of: connection?.id, before: last, limit: limit + 1)
        let connections = Dictionary(try await engines.rows.connections().map { ($0.id, $0) }) { first, _ in first }
        let page = runs.prefix(limit)
        return PageBody(
            page.map { RunBody($0, of: connections[$0.connection]) },
            next: runs.count > limit ? page.last.map { Self.cursor($0.id.rawValue) } : nil)
    }
}
