import HTTPTypes
import Hummingbird
import SandboxKit

/// The routes that create, change and delete users, projects and tasks.
struct WriteRoutes: Sendable {
    let writer: TenantWriter

    func add(to group: RouterGroup<APIContext>) {
        add(User.self, under: Workspace.self, to: group)
        add(Project.self, under: Workspace.self, to: group)
        add(AcmeTask.self, under: Project.self, to: group)
    }

    private func add<Item: MutableEntity, Parent: Entity>(
        _: Item.Type, under _: Parent.Type, to group: RouterGroup<APIContext>
    ) {
        group.post(RouterPath("\(Parent.kind.plural)/:id/\(Item.kind.plural)")) { request, context in
            try await create(Item.self, under: Parent.self, request, context)
        }
        group.patch(RouterPath("\(Item.kind.plural)/:id")) { request, context in
            try await change(Item.self, request, context)
        }
        group.delete(RouterPath("\(Item.kind.plural)/:id")) { request, context in
            try await delete(Item.self, request, context)
        }
    }

    private func create<Item: MutableEntity, Parent: Entity>(
        _: Item.Type, under _: Parent.Type, _ request: Request, _ context: APIContext
    ) async throws -> Response {
        let admission = try writing(Item.kind, context)
        let parent = try admission.find(Parent.self, context.path("id"))
        let fields = try await request.json([String: JSONValue].self, context)
        let parentID = parent.id(in: admission.world)
        let after = try await writer.commit(by: admission.access.user) { tenant, now in
            guard tenant.find(Parent.self, parentID) != nil else { throw APIProblem.notFound(Parent.kind, parentID) }
            let item = try tenant.draft(Item.self, under: parent.index, fields, at: now)
            return .created(kind: Item.kind, index: item.index, parent: parent.index, fields: fields)
        }
        var json = JSONWriter()
        json.object { $0.fields(after.changes.last?.item ?? []) }
        return Response(status: .created, json: json)
    }

    private func change<Item: MutableEntity>(
        _: Item.Type, _ request: Request, _ context: APIContext
    ) async throws -> Response {
        let admission = try writing(Item.kind, context)
        let id = try admission.find(Item.self, context.path("id")).id(in: admission.world)
        let fields = try await request.json([String: JSONValue].self, context)
        let after = try await writer.commit(by: admission.access.user) { tenant, now in
            guard let item = tenant.find(Item.self, id) else { throw APIProblem.notFound(Item.kind, id) }
            guard try tenant.revised(item, fields, at: now) != item else { return nil }
            return .changed(kind: Item.kind, index: item.index, fields: fields)
        }
        guard let item = after.find(Item.self, id) else { throw APIProblem.notFound(Item.kind, id) }
        let revision = after[keyPath: Item.shelf].revision(of: item.index)
        var json = JSONWriter()
        json.object { $0.fields(item.fields(in: after.world)) }
        return Response(json: json, headers: [.eTag: admission.etag(revision)])
    }

    private func delete<Item: MutableEntity>(
        _: Item.Type, _ request: Request, _ context: APIContext
    ) async throws -> Response {
        let admission = try writing(Item.kind, context)
        let id = try admission.find(Item.self, context.path("id")).id(in: admission.world)
        let isSilent = request.uri.queryParameters["silently"] == "true"
        try await writer.commit(by: admission.access.user) { tenant, _ in
            guard let item = tenant.find(Item.self, id) else { throw APIProblem.notFound(Item.kind, id) }
            guard Item.kind != .user || tenant.keys.entries.allSatisfy({ $0.user != item.index }) else {
                throw APIProblem(
                    status: .conflict, code: "holds_keys", message: "This user holds API keys and cannot be deleted.")
            }
            return .deleted(kind: Item.kind, index: item.index, silently: isSilent)
        }
        return Response(status: .noContent)
    }

    private func writing(_ kind: EntityKind, _ context: APIContext) throws(APIProblem) -> APIContext.Admission {
        let admission = try context.admitted()
        guard let scope = Scope.writing(kind) else { throw .unknownRoute }
        try admission.access.require(scope)
        return admission
    }
}
