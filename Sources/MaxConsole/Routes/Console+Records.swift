internal import HTTPTypes
internal import Hummingbird
internal import MaxCore
internal import MaxEngines
internal import MaxHub
internal import MaxQuery
internal import MaxServer

extension Console {
    func addRecords(to router: Router<ServerContext>) {
        router.get("/connections/:slug/records") { request, context in try await entities(request, context) }
        router.get("/connections/:slug/records/:entity") { request, context in try await table(request, context) }
        router.get("/connections/:slug/records/:entity/:id") { request, context in try await record(request, context) }
    }

    private func entities(_ request: Request, _ context: ServerContext) async throws -> Response {
        let setting = try await setting(request, context)
        let connection = try await connection(context)
        return html(RecordsPage(try await engines.query().schema(connection.slug), of: connection, setting))
    }

    private func table(_ request: Request, _ context: ServerContext) async throws -> Response {
        let setting = try await setting(request, context)
        let connection = try await connection(context)
        let name = try context.part("entity")
        let query = try engines.query()
        guard let entity = try await query.schema(connection.slug).first(where: { $0.entity.name == name })?.entity
        else {
            throw MaxError(.entityUnknown, "There are no records of the kind \(name.quoted).")
        }
        let question = TableQuestion(
            filter: request.word("filter") ?? "", match: request.word("match") ?? "",
            order: request.word("order") ?? "",
            after: request.word("after"))
        do {
            let reply = try await query.search(question.request(entity, of: connection.slug))
            let count = try await query.count(question.count(entity, of: connection.slug)).count
            return html(TablePage(entity, question, reply: reply, count: count, problem: nil, of: connection, setting))
        } catch let error as MaxError where Refusal.status(of: error.code) == .badRequest {
            let page = TablePage(entity, question, reply: nil, count: nil, problem: error, of: connection, setting)
            return html(page, .badRequest)
        }
    }

    private func record(_ request: Request, _ context: ServerContext) async throws -> Response {
        let setting = try await setting(request, context)
        let connection = try await connection(context)
        let ref = Ref(try context.part("entity"), try context.part("id"), in: .connection(connection.slug))
        return html(RecordPage(try await engines.query().record(ref.description), of: connection, setting))
    }
}
