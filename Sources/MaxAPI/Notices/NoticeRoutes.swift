internal import HTTPTypes
internal import MaxCore
internal import MaxEngines
internal import MaxHub
internal import MaxServer
internal import MaxWire

/// Notices: what the owner is told, and what they do not want to hear of.
enum NoticeRoutes {
    static let all = [list, readAll, read, mutes, mute]

    private static let notice = Parameter.path("notice", "The notice's id.")
    private static let everything = Parameter.query(
        "all", 0...1, else: 0, "1 for those that are over or muted too.")

    private static let list = Route(
        method: .get, path: "/v1/notices", name: "listNotices",
        summary: "What the owner has to know, the newest first.", admission: .scope(.read),
        parameters: [everything, .after, .limit], answer: .value(.page(of: .notice, "NoticePage"))
    ) { call in
        let last = try call.after.map { NoticeID(rawValue: $0) }
        let page = try await call.engines.notices(
            isOpen: call.number(everything) == 0, before: last, limit: call.number(.limit))
        return try .value(
            PageBody(page.items, next: page.hasMore ? page.items.last.map { Call.cursor($0.id) } : nil))
    }

    private static let readAll = Route(
        method: .post, path: "/v1/notices/read", name: "readNotices", summary: "Notes that the owner read all of them.",
        admission: .scope(.manage), answer: .nothing
    ) { call in
        try await call.engines.readNotices(nil)
        return .nothing
    }

    private static let read = Route(
        method: .post, path: "/v1/notices/{notice}/read", name: "readNotice",
        summary: "Notes that the owner read one.", admission: .scope(.manage), parameters: [notice], answer: .nothing
    ) { call in
        try await call.engines.readNotices(NoticeID(rawValue: call.text(notice)))
        return .nothing
    }

    private static let mutes = Route(
        method: .get, path: "/v1/notices/mutes", name: "listMutes", summary: "What is muted.",
        admission: .scope(.read), answer: .value(.shape(.noticeMutes))
    ) { call in try .value(NoticeMutesBody(await call.engines.mutes())) }

    private static let mute = Route(
        method: .patch, path: "/v1/notices/mutes", name: "muteNotices",
        summary: "Mutes a kind of notices, of one connection or of all, or unmutes it.", admission: .scope(.manage),
        body: .json(.noticeMuteChange), answer: .value(.shape(.noticeMutes))
    ) { call in
        let change = try call.body(as: NoticeMuteChangeBody.self)
        let kind = try NoticeKind.read(change.kind)
        var one: ConnectionID?
        if let word = change.connection { one = try await call.connection(word).id }
        try await call.engines.setMuted(change.muted, NoticeMute(kind, of: one))
        return try .value(NoticeMutesBody(await call.engines.mutes()))
    }
}
