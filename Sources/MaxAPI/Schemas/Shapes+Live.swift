/// The shapes of events.
extension Shape {
    static let connectionNews = Shape(
        "ConnectionNews", "Connections that are new, different or gone.",
        [
            .maybe("sources", .list(.shape(source)), "Those that are new or different."),
            .maybe("gone", .list(.text), "The ids of those that are gone."),
        ])

    static let runNews = Shape(
        "RunNews", "A sync that is new or went on.", [.always("run", .shape(run), "The sync as it stands.")])

    static let setupNews = Shape(
        "SetupNews", "A setup that is new, went on, or is over.",
        [
            .maybe("setup", .shape(setup), "The setup as it stands."),
            .maybe("gone", .list(.text), "The ids of those that are over."),
        ])

    static let noticeNews = Shape(
        "NoticeNews", "Notices that are new or different.",
        [
            .maybe("notices", .list(.shape(notice)), "Those that are new or different."),
            .always("unread", .count, "How many are open, not muted, and unread."),
        ])

    static let resync = Shape("Resync", "Too much happened to tell: ask for the lists again.", [])
}
