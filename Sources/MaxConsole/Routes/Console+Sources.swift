internal import HTTPTypes
internal import Hummingbird
internal import MaxEngines
internal import MaxHub
internal import MaxServer
internal import MaxSetup

extension Console {
    func addSources(to router: Router<ServerContext>) {
        router.get("/") { request, context in try await sources(request, context) }
        router.get("/add") { request, context in try await catalog(request, context) }
        router.post("/add/:connector") { request, context in try await begin(request, context) }
    }

    private func sources(_ request: Request, _ context: ServerContext) async throws -> Response {
        let setting = try await setting(request, context)
        let (query, number) = (request.word("q") ?? "", request.word("page").flatMap { Int($0) } ?? 1)
        return try await shelved(request, setting) {
            let extract = SourcesExtract(
                of: try await engines.cards(), query: query, number: number, setting.sources)
            return SourcesPage(extract, setups: try await engines.setup.unfinished(), setting)
        }
    }

    private func catalog(_ request: Request, _ context: ServerContext) async throws -> Response {
        let setting = try await setting(request, context)
        return try await shelved(request, setting) {
            AddPage(try await engines.plans(), query: request.word("q") ?? "", setting)
        }
    }

    /// Begins a setup, or shows the one that was just begun when the button was pressed twice.
    private func begin(_ request: Request, _ context: ServerContext) async throws -> Response {
        _ = try ownersForm(request, context)
        let connector = try context.part("connector")
        let untouched = try await engines.setup.unfinished().first { session in
            session.connector == connector && session.purpose == .add && session.name == nil && session.revision == 0
        }
        if let untouched { return seeOther(ConsolePath.setup(untouched.id)) }
        let reply = try await engines.setup.start(connector)
        return seeOther(ConsolePath.setup(reply.session.id))
    }
}
