/// The shapes of notices.
extension Shape {
    private static let kinds = Schema.words("first_sync", "needs_attention", "expiring", "device_silent", "disk_low")

    static let notice = Shape(
        "Notice", "Something the owner has to know.",
        [
            .always("id", .text, "The unguessable name, for ever."),
            .always("kind", kinds, "What it is about."),
            .maybe("connection", .text, "The short name of the connection it is about."),
            .always("title", .text, "What happened, for people."),
            .always("sentence", .text, "What is to be known besides, for people; empty when there is nothing."),
            .maybe(
                "action", .words("sync", "reconnect", "resume", "server_setting", "wait"),
                "The one thing that mends it."),
            .maybe("setting", .text, "The server's setting that is missing."),
            .maybe("link", .text, "A page of the provider's that helps with that."),
            .always("raisedAt", .time, "When it was told."),
            .maybe("clearedAt", .time, "When it was over; absent while it is open."),
            .maybe("readAt", .time, "When the owner read it."),
            .always("muted", .boolean, "Whether the owner does not want to hear of it."),
        ])

    static let noticeMutes = Shape(
        "NoticeMutes", "What the owner does not want to be told of.",
        [.always("mutes", .list(.shape(noticeMute)), "By kind, then by connection.")])

    private static let noticeMute = Shape(
        "NoticeMute", "A kind of notices that is muted.",
        [
            .always("kind", kinds, "The kind."),
            .maybe("connection", .text, "The short name of the connection it is limited to."),
        ])

    static let noticeMuteChange = Shape(
        "NoticeMuteChange", "What to mute, or not any more.",
        [
            .always("kind", kinds, "The kind."),
            .maybe(
                "connection", .text(atMost: 512),
                "The id or short name of a connection; all of them, and the machine, unless given."),
            .always("muted", .boolean, "Whether it is to be muted."),
        ])
}
