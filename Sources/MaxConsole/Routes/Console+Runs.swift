internal import HTTPTypes
internal import Hummingbird
internal import MaxCore
internal import MaxEngines
internal import MaxHub
internal import MaxServer
internal import MaxSync

extension Console {
    func addRuns(to router: Router<ServerContext>) {
        router.get("/runs/:id") { request, context in try await showRun(request, context) }
        router.post("/runs/:id/cancel") { request, context in try await cancelRun(request, context) }
    }

    /// A sync with what there is around it.
    func scene(of run: Run, _ connection: Connection, _ setting: PageSetting) async throws -> SyncScene {
        let tallies = try await engines.requireStore().tallies()
        let stored = tallies.filter { $0.connection == connection.id }.reduce(0) { $0 + $1.count }
        return SyncScene(run: run, connection: connection, stored: stored, now: setting.now, csrf: setting.csrf)
    }

    private func showRun(_ request: Request, _ context: ServerContext) async throws -> Response {
        let setting = try await setting(request, context)
        let run = try await engines.sync().run(RunID(rawValue: context.part("id")))
        guard let connection = try await engines.rows.connection(run.connection) else {
            throw MaxError(.connectionNotFound, "The account of this sync was erased.")
        }
        let recording = try? await engines.recording(of: run.id.rawValue)
        return html(RunPage(try await scene(of: run, connection, setting), recording: recording, setting))
    }

    private func cancelRun(_ request: Request, _ context: ServerContext) async throws -> Response {
        _ = try ownersForm(request, context)
        let run = try await engines.sync().cancel(RunID(rawValue: context.part("id")))
        return seeOther(ConsolePath.run(run.id), .stopping)
    }
}
