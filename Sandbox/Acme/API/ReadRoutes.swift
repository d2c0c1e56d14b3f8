import HTTPTypes
import Hummingbird
import SandboxKit

/// The routes that show things one by one and in lists.
struct ReadRoutes: Sendable {
    func add(to group: RouterGroup<APIContext>) {
        group.get("me") { _, context in try me(context.admitted()) }
        group.get("workspaces") { request, context in try workspaces(request, context.admitted()) }
        addItem(Workspace.self, to: group)
        addItem(User.self, to: group)
        addItem(Project.self, to: group)
        addItem(AcmeTask.self, to: group)
        addItem(AcmeFile.self, to: group)
        addList(User.self, of: Workspace.self, to: group)
        addList(Project.self, of: Workspace.self, to: group)
        addList(AcmeTask.self, of: Project.self, to: group)
        addList(AcmeFile.self, of: AcmeTask.self, to: group)
    }

    private func me(_ admission: APIContext.Admission) throws -> Response {
        guard let user = admission.tenant.users.item(admission.access.user, in: admission.world) else {
            throw APIProblem.keyRevoked
        }
        var json = JSONWriter()
        json.object {
            $0.field("id", user.id(in: admission.world))
            $0.field("email", user.email)
            $0.field("name", user.name)
            $0.member("tenant") {
                $0.object {
                    $0.field("id", admission.world.tenantID)
                    $0.field("name", admission.world.tenantName)
                }
            }
            $0.field("scopes", .array(admission.access.scopes.map { .string($0.rawValue) }))
            $0.member("token") { $0.object { $0.field("expires_at", JSONValue(admission.access.expiresAt?.text)) } }
        }
        return Response(json: json)
    }

    private func addItem<Item: Entity>(_: Item.Type, to group: RouterGroup<APIContext>) {
        group.get(RouterPath("\(Item.kind.plural)/:id")) { request, context in
            let admission = try context.admitted()
            let item = try admission.find(Item.self, context.path("id"))
            let revision = admission.tenant[keyPath: Item.shelf].revision(of: item.index)
            return Response(request, etag: admission.etag(revision)) { json in
                json.object { $0.fields(item.fields(in: admission.world)) }
            }
        }
    }

    private func addList<Item: Entity, Parent: Entity>(
        _: Item.Type, of _: Parent.Type, to group: RouterGroup<APIContext>
    ) {
        group.get(RouterPath("\(Parent.kind.plural)/:id/\(Item.kind.plural)")) { request, context in
            let admission = try context.admitted()
            try admission.access.require(.reading(Item.kind))
            let parent = try admission.find(Parent.self, context.path("id")).index
            try admission.requireSoundList(Item.self, under: parent)
            return try list(Item.self, under: parent, request, admission)
        }
    }

    private func list<Item: Entity>(
        _: Item.Type, under parent: Int, _ request: Request, _ admission: APIContext.Admission
    ) throws(APIProblem) -> Response {
        let world = admission.world
        let shelf = admission.tenant[keyPath: Item.shelf]
        let cursor = ListCursor(Item.kind, under: parent, in: world)
        let paging = try Paging(request)
        let after = try paging.place(in: cursor)
        return Response(request, etag: admission.etag(shelf.revision(under: parent))) { json in
            let indexes = shelf.indexes(under: parent, after: after, limit: paging.limit + 1, in: world)
            let items = indexes.prefix(paging.limit).lazy.compactMap { shelf.item($0, in: world) }
            let total = shelf.count(under: parent, in: world)
            json.page(items, total: total, more: indexes.count > paging.limit, cursor, world)
        }
    }

    private func workspaces(_ request: Request, _ admission: APIContext.Admission) throws(APIProblem) -> Response {
        try admission.access.require(.readWorkspaces)
        let world = admission.world
        let visible = admission.access.workspaces(in: world)
        let cursor = ListCursor(.workspace, under: 0, in: world)
        let paging = try Paging(request)
        let after = try paging.place(in: cursor)
        let query = (request.uri.queryParameters["q"].map(String.init) ?? "").lowercased()
        return Response(request, etag: admission.etag(0, "-\(visible.count)")) { json in
            let all = visible.lazy.map { Workspace($0, in: world) }
            let matching = query.isEmpty ? Array(all) : all.filter { $0.name.lowercased().contains(query) }
            let rest = matching.drop { $0.index <= after ?? -1 }
            json.page(
                rest.prefix(paging.limit), total: matching.count, more: rest.count > paging.limit, cursor, world)
        }
    }
}

extension JSONWriter {
    /// Writes one page of a list: `items`, `next_cursor` and `total`.
    fileprivate mutating func page(
        _ items: some Sequence<some Entity>, total: Int, more: Bool, _ cursor: ListCursor, _ world: World
    ) {
        object { json in
            var last: Int?
            json.member("items") {
                $0.array { json in
                    for item in items {
                        json.object { $0.fields(item.fields(in: world)) }
                        last = item.index
                    }
                }
            }
            json.field("next_cursor", more ? JSONValue(last.map(cursor.text(after:))) : .null)
            json.field("total", .int(total))
        }
    }
}
