internal import Foundation
internal import HTTPTypes
internal import Hummingbird
internal import MaxConnector
internal import MaxCore
internal import MaxEngines
internal import MaxHub
internal import MaxServer
internal import MaxSetup
internal import MaxSync
internal import MaxWire
internal import NIOCore

extension Console {
    func addConnections(to router: Router<ServerContext>) {
        router.get("/connections/:slug") { request, context in try await showConnection(request, context) }
        router.post("/connections/:slug/rename") { request, context in try await rename(request, context) }
        router.post("/connections/:slug/sync") { request, context in try await askForSync(request, context) }
        router.post("/connections/:slug/reconnect") { request, context in try await reconnect(request, context) }
        router.post("/connections/:slug/schedule") { request, context in try await schedule(request, context) }
        router.post("/connections/:slug/pause") { request, context in try await pause(request, context) }
        router.post("/connections/:slug/resume") { request, context in try await resume(request, context) }
        router.post("/connections/:slug/disconnect") { request, context in try await disconnect(request, context) }
        router.post("/connections/:slug/erase") { request, context in try await erase(request, context) }
        router.get("/connections/:slug/diagnosis") { request, context in try await diagnose(request, context) }
        // Where a browser is after something was typed that could not be taken, and loads the page again.
        router.get("/connections/:slug/rename") { _, context in try backToConnection(context) }
        router.get("/connections/:slug/erase") { _, context in try backToConnection(context) }
    }

    private func backToConnection(_ context: ServerContext) throws -> Response {
        seeOther(ConsolePath.connection(try context.part("slug")))
    }

    /// The account of the address.
    ///
    /// - Throws: ``MaxCore/MaxError`` with code `connection_not_found`.
    func connection(_ context: ServerContext) async throws -> Connection {
        let slug = try context.part("slug")
        if let connection = try await engines.rows.connection(slug: slug) { return connection }
        throw MaxError(.connectionNotFound, "There is no account \(slug.quoted).")
    }

    private func showConnection(_ request: Request, _ context: ServerContext) async throws -> Response {
        let setting = try await setting(request, context)
        return html(try await page(of: connection(context), setting))
    }

    private func page(
        of connection: Connection, mistake: ConnectionPage.Mistake? = nil, _ setting: PageSetting
    ) async throws -> ConnectionPage {
        guard let card = try await engines.card(of: connection) else {
            throw MaxError(.connectionNotFound, "The account was erased.")
        }
        let store = try engines.requireStore()
        let words = try? await engines.registry.connector(connection.connector).flow.rehearse()
        let held = try await engines.rows.secrets(of: connection.id).filter { $0.stage == .active }.map(\.field)
        var labels: [String: String] = [:]
        for field in words?.fields ?? [] { labels[field.name] = field.label }
        for selection in words?.provided ?? [] { labels[selection.field] = selection.label }
        let scene = ConnectionScene(
            card: card, runs: try await store.runs(of: connection.id, limit: 10),
            tallies: try await store.tallies().filter { $0.connection == connection.id },
            secrets: held.sorted().map { labels[$0] ?? $0 }, labels: labels)
        return ConnectionPage(scene, mistake: mistake, setting)
    }

    private func rename(_ request: Request, _ context: ServerContext) async throws -> Response {
        let form = try ownersForm(request, context)
        let (connection, typed) = (try await connection(context), form["label"] ?? "")
        do { try await engines.rows.rename(connection.id, label: ConnectionLabel.read(typed), slug: nil) } catch let
            error as MaxError where error.code == "name_invalid"
        {
            return try await show(connection, .name(typed, ProblemPart(error.message)), request, context)
        }
        return seeOther(form["next"].map(ConsolePath.inside) ?? ConsolePath.connection(connection.slug), .renamed)
    }

    private func askForSync(_ request: Request, _ context: ServerContext) async throws -> Response {
        _ = try ownersForm(request, context)
        let connection = try await connection(context)
        _ = try await engines.sync().request(connection.id)
        return seeOther(ConsolePath.connection(connection.slug), .syncing)
    }

    private func schedule(_ request: Request, _ context: ServerContext) async throws -> Response {
        let form = try ownersForm(request, context)
        let connection = try await connection(context)
        try await engines.schedule(connection.id, ScheduleChangeBody(every: form["every"].flatMap { Int($0) }))
        return seeOther(ConsolePath.connection(connection.slug), .scheduled)
    }

    private func pause(_ request: Request, _ context: ServerContext) async throws -> Response {
        _ = try ownersForm(request, context)
        let connection = try await connection(context)
        try await engines.schedule(connection.id, ScheduleChangeBody(paused: true))
        return seeOther(ConsolePath.connection(connection.slug), .paused)
    }

    private func resume(_ request: Request, _ context: ServerContext) async throws -> Response {
        _ = try ownersForm(request, context)
        let connection = try await connection(context)
        try await engines.schedule(connection.id, ScheduleChangeBody(paused: false))
        return seeOther(ConsolePath.connection(connection.slug), .resumed)
    }

    /// Answers with the report as a file; its name tells nothing either.
    private func diagnose(_ request: Request, _ context: ServerContext) async throws -> Response {
        _ = try context.requireOwner()
        let diagnosis = try await engines.diagnosis(of: connection(context))
        return Response(
            status: .ok,
            headers: [
                .contentType: "text/plain; charset=utf-8", .cacheControl: "no-store",
                .contentDisposition: "attachment; filename=\"max-diagnosis.txt\"",
            ],
            body: ResponseBody(byteBuffer: ByteBuffer(string: diagnosis.lines.joined(separator: "\n") + "\n")))
    }

    private func reconnect(_ request: Request, _ context: ServerContext) async throws -> Response {
        _ = try ownersForm(request, context)
        let connection = try await connection(context)
        let begun = try await engines.setup.unfinished().first { $0.connection == connection.id }
        if let begun { return seeOther(ConsolePath.setup(begun.id)) }
        return seeOther(ConsolePath.setup(try await engines.setup.reconnect(connection).session.id))
    }

    private func disconnect(_ request: Request, _ context: ServerContext) async throws -> Response {
        _ = try ownersForm(request, context)
        let connection = try await connection(context)
        try await engines.rows.revoke(connection.id, at: engines.surroundings.now())
        return seeOther(ConsolePath.connection(connection.slug), .disconnected)
    }

    private func erase(_ request: Request, _ context: ServerContext) async throws -> Response {
        let form = try ownersForm(request, context)
        let (connection, typed) = (try await connection(context), form["confirm"] ?? "")
        guard typed.trimmingCharacters(in: .whitespaces) == connection.slug else {
            let problem = ProblemPart("Nothing was erased: this is not \(connection.slug).")
            return try await show(connection, .confirmation(typed, problem), request, context)
        }
        try await engines.rows.erase(connection.id, at: engines.surroundings.now())
        return seeOther("/", .erased)
    }

    /// Shows what could not be taken where it was typed.
    private func show(
        _ connection: Connection, _ mistake: ConnectionPage.Mistake, _ request: Request, _ context: ServerContext
    ) async throws -> Response {
        html(try await page(of: connection, mistake: mistake, setting(request, context)), .unprocessableContent)
    }
}
