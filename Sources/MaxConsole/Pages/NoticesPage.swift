internal import Foundation
internal import MaxEngines
internal import MaxHub
internal import MaxWire

/// What a page of notices is made of.
struct NoticesExtract: Sendable {
    /// How many are on one page.
    static let size = 40

    let notices: [NoticeBody]
    let hasMore: Bool
    let unread: Int
    let mutes: [NoticeMuteBody]
    /// Whether those that are over or muted are shown too.
    let showsAll: Bool
    /// Whether it is the newest ones that are shown.
    let isFirst: Bool
    /// What accounts are called, by their short names.
    let labels: [String: String]
}

/// What the owner has to know, each with the one thing to do about it.
struct NoticesPage: Page {
    static let template = "notices"

    let frame: Frame
    let total: String
    let readAll: ActionPart?
    let rows: [NoticeRow]
    let hasRows: Bool
    let nothing: String
    let pager: PagerPart?
    let other: PlacePart
    let mutes: [MuteRow]
    let hasMutes: Bool

    init(_ extract: NoticesExtract, _ setting: PageSetting) {
        let (isAll, csrf) = (extract.showsAll, setting.csrf)
        rows = extract.notices.map { NoticeRow($0, setting) }
        hasRows = !rows.isEmpty
        nothing = isAll ? "Nothing was ever told here." : "Nothing needs you."
        total = extract.unread == 0 ? "All read" : "\(extract.unread) unread"
        readAll =
            extract.unread == 0
            ? nil : ActionPart("Mark all as read", post: PostPart(url: "/notices/read", csrf: csrf), .ordinary)
        let later = extract.hasMore ? extract.notices.last.map(\.id) : nil
        let path = { (before: String?) in
            ConsolePath.query("/notices", [("all", isAll ? "1" : nil), ("before", before)])
        }
        pager = PagerPart(
            earlier: extract.isFirst ? nil : path(nil), later: later.map { path($0) },
            place: Phrase.count(rows.count, "notice"))
        other =
            isAll
            ? PlacePart(label: "Show only what is open", href: "/notices", isHere: false)
            : PlacePart(label: "Show what is over and what is muted too", href: "/notices?all=1", isHere: false)
        mutes = extract.mutes.map { MuteRow($0, of: $0.connection.flatMap { extract.labels[$0] }, csrf: csrf) }
        hasMutes = !mutes.isEmpty
        var frame = setting.liveFrame("Notices", .narrow, busy: false)
        frame.owner = setting.bar(at: .notices)
        self.frame = frame
    }
}

/// A notice on the list.
struct NoticeRow: Sendable {
    let id: String
    let title: String
    let sentence: String?
    let time: TimePart
    /// What became of it; nil while it is open.
    let standing: String?
    let tone: BadgePart.Tone
    let isFresh: Bool
    let link: LinkPart?
    let action: ActionPart?
    let read: ActionPart?
    let mute: ActionPart?

    init(_ notice: NoticeBody, _ setting: PageSetting) {
        (id, title) = (notice.id, notice.title)
        sentence = notice.sentence.isEmpty ? nil : notice.sentence.onPage
        time = TimePart(notice.raisedAt, now: setting.now)
        standing = notice.muted ? "muted" : notice.clearedAt == nil ? nil : "over"
        isFresh = notice.isUnread
        tone = notice.isOpen ? (notice.kind == NoticeKind.firstSync.rawValue ? .good : .warn) : .idle
        link = notice.isOpen ? notice.link.flatMap { URL(string: $0) }.flatMap { LinkPart("Get a new one", $0) } : nil
        action = notice.isOpen ? notice.remedy(csrf: setting.csrf) : nil
        let post = { (url: String) in PostPart(url: url, csrf: setting.csrf) }
        read =
            notice.isUnread
            ? ActionPart("Mark as read", post: post("/notices/\(notice.id.escapedInPath)/read"), .plain) : nil
        mute =
            notice.isOpen && !notice.isOfAll
            ? ActionPart("Mute", post: post("/notices/\(notice.id.escapedInPath)/mute"), .plain) : nil
    }
}

/// A kind of notices that is muted.
struct MuteRow: Sendable {
    let title: String
    let scope: String
    let action: ActionPart

    init(_ mute: NoticeMuteBody, of label: String?, csrf: String) {
        title = NoticeKind(rawValue: mute.kind)?.title ?? mute.kind
        scope = mute.connection.map { label ?? $0 } ?? "everywhere"
        let url = ConsolePath.query("/notices/unmute", [("kind", mute.kind), ("connection", mute.connection)])
        action = ActionPart("Unmute", post: PostPart(url: url, csrf: csrf), .plain)
    }
}

extension NoticeBody {
    /// The one thing to do about it.
    fileprivate func remedy(csrf: String) -> ActionPart? {
        if action == "server_setting" { return ActionPart("See why", link: "/server", .ordinary) }
        guard let connection else { return nil }
        let address = ConsolePath.connection(connection)
        let post = { (verb: String) in PostPart(url: "\(address)/\(verb)", csrf: csrf) }
        switch action {
        case "reconnect": return ActionPart("Reconnect", post: post("reconnect"), .ordinary)
        case "sync": return ActionPart("Sync now", post: post("sync"), .ordinary)
        case "resume": return ActionPart("Resume", post: post("resume"), .ordinary)
        default: return ActionPart("Open", link: address, .ordinary)
        }
    }
}

extension NoticeBody {
    /// Whether it needs attention and is of no one account: muting its kind would hide what befalls any other.
    fileprivate var isOfAll: Bool { connection == nil && kind == NoticeKind.needsAttention.rawValue }
}
