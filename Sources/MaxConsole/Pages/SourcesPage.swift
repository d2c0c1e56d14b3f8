internal import Foundation
internal import MaxConnector
internal import MaxEngines
internal import MaxHub
internal import MaxWire

/// The accounts that are on one page of the list.
struct SourcesExtract: Sendable {
    /// How many accounts are on one page.
    static let size = 40

    let query: String
    /// How many accounts there are with how many records, and how many accounts are called what is asked for.
    let total: Int
    let records: Int
    let found: Int
    /// The place of the first that is shown among those.
    let first: Int
    let shown: [ConnectionCard]

    init(of all: [ConnectionCard], query: String = "", number: Int = 1, _ sources: SourceBook) {
        let fitting = query.isEmpty ? all : all.filter { $0.connection.isCalled(query, sources) }
        (self.query, total, found) = (query, all.count, fitting.count)
        records = all.reduce(0) { $0 + $1.health.records }
        let pages = max(1, (fitting.count + Self.size - 1) / Self.size)
        first = (min(max(1, number), pages) - 1) * Self.size
        shown = Array(fitting.dropFirst(first).prefix(Self.size))
    }

    /// The way to the pages before and after it.
    var pager: PagerPart? {
        let number = first / Self.size + 1
        let link = { (number: Int) in ConsolePath.query("/", [("q", query), ("page", String(number))]) }
        return PagerPart(
            earlier: first > 0 ? link(number - 1) : nil, later: first + shown.count < found ? link(number + 1) : nil,
            place: "\(first + 1)–\(first + shown.count) of \(found)")
    }
}

/// Every account with how it is, and every setup that can be gone on with.
struct SourcesPage: Page {
    static let template = "sources"
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
    let hasRows: Bool

    init(_ extract: SourcesExtract, setups: [SetupSession], _ setting: PageSetting) {
        cards = extract.shown.map { SourceCard($0, setting) }
        let isBeginning = extract.query.isEmpty && extract.first == 0
        self.setups = isBeginning ? setups.map { SetupCard($0, setting) } : []
        query = extract.query
        let accounts = Phrase.count(extract.total, "account")
        total = extract.total == 0 ? "" : "\(accounts) · \(Phrase.count(extract.records, "record"))"
        pager = extract.pager
        (isEmpty, isSearchable) = (extract.total == 0 && setups.isEmpty, extract.total >= Self.searchable)
        isUnfound = cards.isEmpty && !query.isEmpty
        hasRows = !self.setups.isEmpty || !cards.isEmpty
        frame = setting.liveFrame("Sources", .wide, busy: extract.shown.contains { $0.isMoving })
    }
}

/// An account on the list.
struct SourceCard: Sendable {
    /// What tells its row from the others on the page.
    let id: String
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
        (id, label) = (connection.id.rawValue, connection.label)
        href = ConsolePath.connection(connection.slug)
        source = "\(setting.sources.displayName(of: connection.connector)) · \(connection.slug)"
        badge = card.badge
        action = card.action(csrf: setting.csrf)
    }
}

/// A setup on the list.
struct SetupCard: Sendable {
    let id: String
    let tile: TilePart
    let title: String
    let source: String
    let badge: BadgePart
    let href: String

    init(_ session: SetupSession, _ setting: PageSetting) {
        let provider = setting.sources.displayName(of: session.connector)
        tile = setting.sources.tile(of: session.connector)
        let verb = session.purpose == .reconnect ? "Reconnect" : "Connect"
        title = session.state.identity?.label ?? "\(verb) your \(provider) account"
        source = provider
        let left = Phrase.duration(session.expiresAt.timeIntervalSince(setting.now))
        var badge = BadgePart("Setting up · kept for \(left)", .idle)
        badge.moment = Phrase.moment(session.expiresAt)
        self.badge = badge
        (id, href) = (session.id.rawValue, ConsolePath.setup(session.id))
    }
}

extension Connection {
    fileprivate func isCalled(_ query: String, _ sources: SourceBook) -> Bool {
        [label, slug, sources.displayName(of: connector)].contains { $0.localizedCaseInsensitiveContains(query) }
    }
}

extension ConnectionCard {
    /// Whether its sync is under way or about to begin.
    var isMoving: Bool { health.sync == .running || health.sync == .waiting }

    /// How it is, with its mark.
    var badge: BadgePart {
        var badge = BadgePart(body.standing, tone)
        badge.moment = health.freshAt.map(Phrase.moment)
        return badge
    }

    private var tone: BadgePart.Tone {
        switch health.headline {
        case .settingUp: .busy
        case .paused, .disconnected: .idle
        case .waiting, .needsAttention, .locked: .warn
        case .active:
            switch health.sync {
            case .running, .waiting, .never: .busy
            case .complete: .good
            case .partial, .failed, .stopped, .brokenOff: .warn
            }
        }
    }

    /// The one thing to do about it.
    func action(csrf: String, _ style: ActionPart.Style = .ordinary) -> ActionPart? {
        let address = ConsolePath.connection(connection.slug)
        let post = { (verb: String) in PostPart(url: "\(address)/\(verb)", csrf: csrf) }
        switch health.action {
        case .sync: return isMoving || health.sync == .never ? nil : ActionPart("Sync now", post: post("sync"), style)
        case .reconnect: return isMoving ? nil : ActionPart("Reconnect", post: post("reconnect"), style)
        case .resume: return ActionPart("Resume", post: post("resume"), style)
        case .serverSetting: return ActionPart("See why", link: "/server", style)
        case .wait, nil: return nil
        }
    }
}
