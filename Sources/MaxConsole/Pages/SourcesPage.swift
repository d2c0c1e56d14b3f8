internal import Foundation
internal import MaxConnector
internal import MaxEngines
internal import MaxHub

/// Every account with how it is, and every setup that can be gone on with.
struct SourcesPage: Page {
    static let template = "sources"
    /// How many accounts are on one page.
    static let size = 40
    /// From how many accounts on they can be searched.
    private static let searchable = 8

    let frame: Frame
    let total: String
    let query: String
    let setups: [SetupCard]
    let cards: [SourceCard]
    let pager: PagerPart?
    let isEmpty: Bool
    let isSearchable: Bool
    let isUnfound: Bool
    let hasSetups: Bool
    let hasCards: Bool

    init(
        _ all: [ConnectionCard], setups: [SetupSession], query: String = "", number: Int = 1, _ setting: PageSetting
    ) {
        let found = all.filter { $0.isCalled(query, setting.sources) }
        let first = min(max(0, number - 1) * Self.size, max(0, found.count - 1))
        let shown = found.dropFirst(first).prefix(Self.size)
        cards = shown.map { SourceCard($0, setting) }
        self.setups = query.isEmpty && number <= 1 ? setups.prefix(20).map { SetupCard($0, setting) } : []
        self.query = query
        total = Self.total(all)
        pager = Self.pager(first, shown.count, of: found.count, query)
        (isEmpty, isSearchable) = (all.isEmpty && setups.isEmpty, all.count >= Self.searchable)
        isUnfound = cards.isEmpty && !query.isEmpty
        (hasSetups, hasCards) = (!self.setups.isEmpty, !cards.isEmpty)
        frame = setting.liveFrame("Sources", .wide, busy: shown.contains { $0.isMoving })
    }

    private static func total(_ cards: [ConnectionCard]) -> String {
        let records = cards.reduce(0) { $0 + $1.health.records }
        return cards.isEmpty
            ? "" : "\(Phrase.count(cards.count, "account")) · \(Phrase.count(records, "record"))"
    }

    private static func pager(_ first: Int, _ shown: Int, of count: Int, _ query: String) -> PagerPart? {
        let number = first / size + 1
        let link = { (number: Int) in ConsolePath.query("/", [("q", query), ("page", String(number))]) }
        return PagerPart(
            earlier: first > 0 ? link(number - 1) : nil, later: first + shown < count ? link(number + 1) : nil,
            place: "\(first + 1)–\(first + shown) of \(count)")
    }
}

/// An account on the list.
struct SourceCard: Sendable {
    let tile: TilePart
    let label: String
    let href: String
    /// The provider, and the account's short name where it says more.
    let source: String
    let badge: BadgePart
    let action: ActionPart?

    init(_ card: ConnectionCard, _ setting: PageSetting) {
        let connection = card.connection
        tile = setting.sources.tile(of: connection.connector)
        label = connection.label
        href = ConsolePath.connection(connection.slug)
        source = "\(setting.sources.displayName(of: connection.connector)) · \(connection.slug)"
        badge = card.badge(at: setting.now)
        action = card.action(csrf: setting.csrf)
    }
}

/// A setup on the list.
struct SetupCard: Sendable {
    let tile: TilePart
    let title: String
    let expiry: String
    let href: String

    init(_ session: SetupSession, _ setting: PageSetting) {
        let provider = setting.sources.displayName(of: session.connector)
        tile = setting.sources.tile(of: session.connector)
        let verb = session.purpose == .reconnect ? "Reconnect" : "Connect"
        title = session.state.identity.map { "\(provider): \($0.label)" } ?? "\(verb) your \(provider) account"
        expiry = "Kept for \(Phrase.duration(session.expiresAt.timeIntervalSince(setting.now)))"
        href = ConsolePath.setup(session.id)
    }
}

extension ConnectionCard {
    /// Whether its sync is under way or about to begin.
    var isMoving: Bool { health.sync == .running || health.sync == .waiting }

    fileprivate func isCalled(_ query: String, _ sources: SourceBook) -> Bool {
        query.isEmpty
            || [connection.label, connection.slug, sources.displayName(of: connection.connector)]
                .contains { $0.localizedCaseInsensitiveContains(query) }
    }

    /// How it is, with its mark.
    func badge(at now: Date) -> BadgePart {
        switch health.setup {
        case .settingUp: return BadgePart("Setting up", .busy)
        case .paused: return BadgePart("Paused", .idle)
        case .disconnected: return BadgePart("Disconnected", .idle)
        case .locked: return BadgePart("Locked", .warn)
        case .active: break
        }
        if health.sync == .waiting { return BadgePart("Active · sync starting", .busy) }
        if health.sync == .never { return BadgePart("Active · first sync starting", .busy) }
        return BadgePart(standing(at: now), tone)
    }

    private var tone: BadgePart.Tone {
        switch health.sync {
        case .running, .waiting, .never: .busy
        case .complete: .good
        case .partial, .failed, .stopped, .brokenOff: .warn
        }
    }

    /// The one thing to do about it.
    func action(csrf: String, _ style: ActionPart.Style = .ordinary) -> ActionPart? {
        let address = ConsolePath.connection(connection.slug)
        if health.setup == .locked { return ActionPart("See why", link: "/server", style) }
        guard let action = health.action, !isMoving, health.sync != .never || action == .reconnect else { return nil }
        switch action {
        case .sync: return ActionPart("Sync now", post: PostPart(url: "\(address)/sync", csrf: csrf), style)
        case .reconnect: return ActionPart("Reconnect", post: PostPart(url: "\(address)/reconnect", csrf: csrf), style)
        }
    }
}
