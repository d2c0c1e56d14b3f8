internal import Foundation
internal import MaxConnector

/// What every page of the owner's needs to know of the moment.
struct PageSetting: Sendable {
    /// What the forms of the page carry.
    let csrf: String
    let now: Date
    /// A calm sentence above everything else.
    var notice: PageNotice?
    /// What there is to connect, for names and icons.
    var sources = SourceBook([])
    /// How many notices the owner has not read.
    var unread = 0
    /// The number of the newest event when the page was made; nil where pages are not told what happens.
    var news: Int?

    /// The frame of a page of the owner's.
    func frame(_ title: String, at place: OwnerBar.Place? = nil, _ width: Frame.Width = .narrow) -> Frame {
        Frame(title: title, owner: bar(at: place), width: width, notice: notice?.sentence)
    }

    /// The owner's way around.
    func bar(at place: OwnerBar.Place?) -> OwnerBar { OwnerBar(csrf: csrf, at: place, unread: unread) }

    /// The frame of a page on which something changes while it is looked at.
    func liveFrame(_ title: String, _ width: Frame.Width = .narrow, busy: Bool) -> Frame {
        var frame = frame(title, at: .sources, width)
        (frame.news, frame.isBusy, frame.refresh) = (news, busy, busy ? 3 : nil)
        return frame
    }
}

/// What there is to connect, by name.
struct SourceBook: Sendable {
    private let entries: [String: Entry]

    private struct Entry: Sendable {
        let displayName: String
        let tile: TilePart
    }

    init(_ descriptors: [ConnectorDescriptor]) {
        let entries = descriptors.map { ($0.name, Entry(displayName: $0.displayName, tile: TilePart(of: $0))) }
        self.entries = Dictionary(entries) { first, _ in first }
    }

    /// The provider's name as it writes it.
    func displayName(of connector: String) -> String { entries[connector]?.displayName ?? connector.capitalized }

    func tile(of connector: String) -> TilePart {
        entries[connector]?.tile ?? TilePart(name: connector, displayName: connector, icon: "")
    }
}

/// Something that is said once, on the page that follows.
enum PageNotice: String, Sendable, CaseIterable {
    case moved
    case cancelled
    case over
    case renamed
    case scheduled
    case paused
    case resumed
    case syncing
    case stopping
    case disconnected
    case erased
    case revoked
    case denied
    case allRead = "all_read"
    case muted
    case unmuted
    case channelRemoved = "channel_removed"
    case mailSet = "mail_set"
    case tested

    var sentence: String {
        switch self {
        case .moved: "This setup had moved on already. Here is where it stands."
        case .cancelled: "The setup was cancelled. Nothing of it was kept."
        case .over: "That setup is over: it was finished, cancelled or left alone for an hour."
        case .renamed: "The new name is saved."
        case .scheduled: "The new schedule is saved."
        case .paused: "The account is left alone until you resume it."
        case .resumed: "The account is collected from again."
        case .syncing: "A sync was asked for."
        case .stopping: "The sync stops in a moment. What came is kept."
        case .disconnected: "The account is disconnected and its secrets are deleted. Its records are kept."
        case .erased: "The account and its records were erased."
        case .revoked: "Access was taken back."
        case .denied: "The agent was turned away."
        case .allRead: "Everything is marked as read."
        case .muted: "You are not told of that any more. Muted things are at the end of this page."
        case .unmuted: "You are told of that again."
        case .channelRemoved: "Nothing is sent there any more. Its secrets are deleted."
        case .mailSet: "Notices are mailed to you from now on. Send a test to see that they arrive."
        case .tested: "The test arrived."
        }
    }
}
