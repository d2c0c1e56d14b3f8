internal import Foundation
internal import MaxCore
internal import MaxHub
internal import MaxSetup
internal import MaxWire

/// What is new, before it has a number.
struct BulletinNews: Sendable {
    let kind: Bulletin.Kind
    let data: String

    init(_ kind: Bulletin.Kind, _ body: Body) throws {
        self.kind = kind
        data = String(decoding: try JSON.encoder.encode(body), as: UTF8.self)
    }

    /// What is told of it.
    struct Body: Encodable {
        var sources: [SourceBody]?
        var run: RunBody?
        var setup: SetupBody?
        var notices: [NoticeBody]?
        /// How many notices are open, not muted, and unread.
        var unread: Int?
        /// The ids of what is there no more.
        var gone: [String]?
    }
}

/// What was seen last, from which news are told.
struct BulletinSight {
    private var cards: [ConnectionID: ConnectionCard] = [:]
    private var runs: [RunID: Run] = [:]
    private var setups: [SessionID: SetupSession] = [:]
    private var notices: Set<NoticeBody> = []
    private var unread = 0

    /// How many syncs are looked at: the newest ones, and those that are not over.
    private static let newest = 32
    private static let open = 64
    /// How many notices are looked at, the newest of all.
    private static let newestNotices = 100

    /// Whether nothing was looked at yet.
    private(set) var isBlank = true

    /// Looks, and tells what is different from the last time; the first time nothing is.
    mutating func look(at engines: Engines) async throws -> [BulletinNews] {
        let seenRuns = try await Self.runs(of: engines, with: runs)
        let seenSetups = Dictionary(
            try await engines.setup.unfinished().map { ($0.id, $0) }, uniquingKeysWith: { $1 })
        let seenCards = Dictionary(
            try await engines.cards().map { ($0.connection.id, $0) }, uniquingKeysWith: { $1 })
        let seenNotices = Set(try await engines.notices(isOpen: false, limit: Self.newestNotices).items)
        let seenUnread = try await engines.unreadNotices()
        defer {
            (cards, runs, setups, isBlank) = (seenCards, seenRuns, seenSetups, false)
            (notices, unread) = (seenNotices, seenUnread)
        }
        if isBlank { return [] }
        return try setupNews(seenSetups) + cardNews(seenCards, seenSetups, at: engines.surroundings.now())
            + runNews(seenRuns, seenCards) + noticeNews(seenNotices, unread: seenUnread)
    }

    /// The newest syncs, those that are not over, and those that were not over the last time.
    private static func runs(of engines: Engines, with known: [RunID: Run]) async throws -> [RunID: Run] {
        guard let store = engines.store else { return [:] }
        let open = try await store.openRuns(limit: open)
        var seen = Dictionary(
            (try await store.runs(of: nil, limit: newest) + open).map { ($0.id, $0) }, uniquingKeysWith: { $1 })
        for run in known.values where !run.state.isEnded && seen[run.id] == nil {
            seen[run.id] = try await store.run(run.id)
        }
        return seen
    }

    private func setupNews(_ seen: [SessionID: SetupSession]) throws -> [BulletinNews] {
        let changed = seen.values.filter { setups[$0.id] != $0 }.sorted { $0.createdAt < $1.createdAt }
        let gone = setups.keys.filter { seen[$0] == nil }.map(\.rawValue).sorted()
        return try changed.map { try BulletinNews(.setup, .init(setup: SetupBody($0))) }
            + gone.map { try BulletinNews(.setup, .init(gone: [$0])) }
    }

    private func cardNews(
        _ seen: [ConnectionID: ConnectionCard], _ setups: [SessionID: SetupSession], at now: Date
    ) throws -> [BulletinNews] {
        let changed = seen.values.filter { cards[$0.connection.id]?.ageless != $0.ageless }
        let gone = cards.keys.filter { seen[$0] == nil }.map(\.rawValue).sorted()
        guard !changed.isEmpty || !gone.isEmpty else { return [] }
        let mending = Dictionary(setups.values.map { ($0.connection, $0) }, uniquingKeysWith: { $1 })
        let sources = changed.sorted { $0.connection.slug < $1.connection.slug }.map { card in
            SourceBody(card.body, setup: mending[card.connection.id])
        }
        return [try BulletinNews(.connections, .init(sources: sources, gone: gone))]
    }

    /// Syncs that are new or different.
    ///
    /// One that leaves the sight by age alone is no news.
    private func runNews(
        _ seen: [RunID: Run], _ cards: [ConnectionID: ConnectionCard]
    ) throws -> [BulletinNews] {
        try seen.values.filter { runs[$0.id] != $0 }.sorted { $0.requestedAt < $1.requestedAt }.map { run in
            try BulletinNews(.run, .init(run: RunBody(run, of: cards[run.connection]?.connection)))
        }
    }

    /// Notices that are new or different.
    private func noticeNews(_ seen: Set<NoticeBody>, unread: Int) throws -> [BulletinNews] {
        let changed = seen.subtracting(notices).sorted { $0.raisedAt > $1.raisedAt }
        guard !changed.isEmpty || unread != self.unread else { return [] }
        return [try BulletinNews(.notices, .init(notices: changed, unread: unread))]
    }
}
