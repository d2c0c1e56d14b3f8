import HTTPTypes
import Hummingbird
import SandboxKit

/// The routes that are neither an item nor a plain list: history, file content, batches and the change feed.
struct DetailRoutes: Sendable {
    func add(to group: RouterGroup<APIContext>) {
        group.get("tasks/:id/history") { request, context in try history(request, context, context.admitted()) }
        group.get("files/:id/content") { request, context in try content(request, context, context.admitted()) }
        group.get("workspaces/:id/changes") { request, context in try changes(request, context, context.admitted()) }
        group.post("batch") { request, context in try await batch(request, context) }
    }

    private func history(
        _ request: Request, _ context: APIContext, _ admission: APIContext.Admission
    ) throws(APIProblem) -> Response {
        let task = try admission.find(AcmeTask.self, context.path("id"))
        return Response(request, etag: admission.etag(admission.tenant.tasks.revision(of: task.index))) { json in
            let entries = admission.tenant.history(of: task)
            json.object {
                $0.member("items") {
                    $0.array { json in for entry in entries { entry.write(to: &json, in: admission.world) } }
                }
                $0.field("next_cursor", .null)
                $0.field("total", .int(entries.count))
            }
        }
    }

    private func content(
        _ request: Request, _ context: APIContext, _ admission: APIContext.Admission
    ) throws(APIProblem) -> Response {
        let file = try admission.find(AcmeFile.self, context.path("id"))
        return Response(
            status: .ok,
            headers: [.contentType: file.mime + "; charset=utf-8", .eTag: admission.etag(0, "-content")],
            body: ResponseBody(byteBuffer: file.content(in: admission.world)))
    }

    private func changes(
        _ request: Request, _ context: APIContext, _ admission: APIContext.Admission
    ) throws(APIProblem) -> Response {
        let workspace = try admission.find(Workspace.self, context.path("id")).index
        let tenant = admission.tenant
        let cursor = FeedCursor(workspace, in: tenant.world)
        let limit = try Paging(request).limit
        var since = tenant.sequence
        if let text = request.uri.queryParameters["since"] {
            guard let sequence = cursor.sequence(text), sequence <= tenant.sequence,
                admission.access.fault != .forgetful
            else { throw .cursorExpired }
            since = sequence
        }
        let found = tenant.changes(in: workspace, after: since, limit: limit + 1)
        let more = found.count > limit
        let last = more ? found[limit - 1].sequence : tenant.sequence
        var json = JSONWriter()
        json.object {
            $0.member("changes") { $0.array { json in for change in found.prefix(limit) { change.write(to: &json) } } }
            $0.field("next_cursor", cursor.text(after: last))
            $0.field("has_more", .bool(more))
        }
        return Response(json: json)
    }

    /// A request for up to 100 things of one kind.
    private struct Batch: Decodable {
        let type: EntityKind
        let ids: [String]
    }

    private func batch(_ request: Request, _ context: APIContext) async throws -> Response {
        let admission = try context.admitted()
        let batch = try await request.json(Batch.self, context)
        guard batch.ids.count <= 100 else { throw APIProblem.malformed("At most 100 ids can be asked for at once.") }
        switch batch.type {
        case .workspace: return try pick(Workspace.self, batch.ids, admission)
        case .user: return try pick(User.self, batch.ids, admission)
        case .project: return try pick(Project.self, batch.ids, admission)
        case .task: return try pick(AcmeTask.self, batch.ids, admission)
        case .file: return try pick(AcmeFile.self, batch.ids, admission)
        }
    }

    private func pick<Item: Entity>(
        _: Item.Type, _ ids: [String], _ admission: APIContext.Admission
    ) throws(APIProblem) -> Response {
        try admission.access.require(.reading(Item.kind))
        var missing: [JSONValue] = []
        var json = JSONWriter(capacity: 8_192)
        json.object {
            $0.member("items") {
                $0.array { json in
                    for id in ids {
                        if let item = admission.tenant.find(Item.self, id), admission.sees(item) {
                            json.object { $0.fields(item.fields(in: admission.world)) }
                        } else {
                            missing.append(.string(id))
                        }
                    }
                }
            }
            $0.field("missing", .array(missing))
        }
        return Response(json: json)
    }
}
