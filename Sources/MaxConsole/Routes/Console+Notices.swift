internal import HTTPTypes
internal import Hummingbird
internal import MaxCore
internal import MaxEngines
internal import MaxHub
internal import MaxServer

extension Console {
    func addNotices(to router: Router<ServerContext>) {
        router.get("/notices") { request, context in try await showNotices(request, context) }
        router.post("/notices/read") { request, context in
            _ = try ownersForm(request, context)
            try await engines.readNotices(nil)
            return seeOther("/notices", .allRead)
        }
        router.post("/notices/unmute") { request, context in try await unmute(request, context) }
        router.post("/notices/:id/read") { request, context in
            _ = try ownersForm(request, context)
            try await engines.readNotices(NoticeID(rawValue: context.part("id")))
            return seeOther("/notices")
        }
        router.post("/notices/:id/mute") { request, context in try await mute(request, context) }
    }

    private func showNotices(_ request: Request, _ context: ServerContext) async throws -> Response {
        let setting = try await setting(request, context)
        let (isAll, before) = (request.word("all") == "1", request.word("before"))
        let page = try await engines.notices(
            isOpen: !isAll, before: before.map { NoticeID(rawValue: $0) }, limit: NoticesExtract.size)
        let connections = try await engines.connections().map { ($0.slug, $0.label) }
        return html(
            NoticesPage(
                NoticesExtract(
                    notices: page.items, hasMore: page.hasMore, unread: setting.unread,
                    mutes: try await engines.mutes(), showsAll: isAll, isFirst: before == nil,
                    labels: Dictionary(connections, uniquingKeysWith: { $1 })), setting))
    }

    /// Mutes what a notice is about: its kind, of its connection where it has one.
    private func mute(_ request: Request, _ context: ServerContext) async throws -> Response {
        _ = try ownersForm(request, context)
        let id = NoticeID(rawValue: try context.part("id"))
        guard let notice = try await engines.requireStore().notice(id) else { return seeOther("/notices") }
        try await engines.setMuted(true, NoticeMute(notice.kind, of: notice.connection))
        return seeOther("/notices", .muted)
    }

    private func unmute(_ request: Request, _ context: ServerContext) async throws -> Response {
        _ = try ownersForm(request, context)
        let kind = try NoticeKind.read(request.word("kind") ?? "")
        var one: ConnectionID?
        if let slug = request.word("connection") { one = try await engines.rows.connection(slug: slug)?.id }
        try await engines.setMuted(false, NoticeMute(kind, of: one))
        return seeOther("/notices", .unmuted)
    }
}
