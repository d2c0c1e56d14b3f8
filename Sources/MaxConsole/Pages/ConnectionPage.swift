internal import Foundation
internal import MaxConnector
internal import MaxCore
internal import MaxEngines
internal import MaxHub

/// What is known of an account.
struct ConnectionScene: Sendable {
    let card: ConnectionCard
    /// Its newest syncs, the newest first.
    let runs: [Run]
    /// How many records it has of each entity.
    let tallies: [RecordTally]
    /// What people call the secrets that are held.
    let secrets: [String]
    /// What people call the answers of its setup.
    let labels: [String: String]
}

/// One account: how it is, its syncs and records, and everything that can be done with it.
struct ConnectionPage: Page {
    static let template = "connection"

    let frame: Frame
    let tile: TilePart
    let label: String
    let typedLabel: String
    let renameProblem: ProblemPart?
    let typedSlug: String
    let eraseProblem: ProblemPart?
    let source: String
    let slug: String
    let provider: String
    let address: String
    let csrf: String
    let badge: BadgePart
    let attention: AttentionPart?
    let sync: SyncPart?
    let entities: [EntityLink]
    let hasEntities: Bool
    let syncs: [SyncLink]
    let hasSyncs: Bool
    let canHaveSyncs: Bool
    let facts: [FactPart]
    let recordCount: String
    let schedule: SchedulePart?
    let canPause: Bool
    let canResume: Bool
    let canSync: Bool
    let canReconnect: Bool
    let canDisconnect: Bool

    init(_ scene: ConnectionScene, mistake: Mistake? = nil, _ setting: PageSetting) {
        let (card, connection) = (scene.card, scene.card.connection)
        tile = setting.sources.tile(of: connection.connector)
        (label, slug) = (connection.label, connection.slug)
        (typedLabel, renameProblem) = mistake?.label ?? (label, nil)
        (typedSlug, eraseProblem) = mistake?.slug ?? ("", nil)
        provider = setting.sources.displayName(of: connection.connector)
        address = ConsolePath.connection(connection.slug)
        csrf = setting.csrf
        source = "\(provider)\(connection.isSandbox ? " sandbox" : "") · \(connection.slug)"
        badge = card.badge
        attention = AttentionPart(card, setting)
        let newest = scene.runs.first.map { run in
            SyncScene(
                run: run, connection: connection, stored: card.health.records, now: setting.now, csrf: setting.csrf)
        }
        sync = attention == nil ? newest?.brief : nil
        entities = scene.tallies.sorted { $0.entity < $1.entity }.map { EntityLink($0, of: connection) }
        syncs = scene.runs.map { SyncLink($0, now: setting.now) }
        (hasEntities, hasSyncs) = (!entities.isEmpty, !syncs.isEmpty)
        canHaveSyncs = hasSyncs || card.health.setup != .disconnected
        facts = Self.facts(scene, setting)
        recordCount = Phrase.count(card.health.records, "record")
        let isActive = card.health.setup == .active
        let isPaused = card.health.setup == .paused
        schedule = isActive || isPaused ? SchedulePart(card, setting) : nil
        (canPause, canResume) = (isActive, isPaused)
        canSync = isActive && !card.isMoving
        canReconnect = isActive || card.health.setup == .disconnected
        canDisconnect = card.health.setup != .disconnected
        // What was typed is not taken away by looking again.
        frame =
            mistake == nil
            ? setting.liveFrame(connection.label, busy: card.isMoving) : setting.frame(connection.label, at: .sources)
    }

    /// What was typed into one of its fields and could not be taken.
    enum Mistake: Sendable {
        case name(String, ProblemPart)
        case confirmation(String, ProblemPart)

        fileprivate var label: (String, ProblemPart?)? {
            if case .name(let typed, let problem) = self { (typed, problem) } else { nil }
        }

        fileprivate var slug: (String, ProblemPart?)? {
            if case .confirmation(let typed, let problem) = self { (typed, problem) } else { nil }
        }
    }

    private static func facts(_ scene: ConnectionScene, _ setting: PageSetting) -> [FactPart] {
        let connection = scene.card.connection
        var facts = [FactPart(name: "Account", value: connection.identity?.label ?? "not known yet")]
        for (name, value) in connection.config.sorted(by: { $0.key < $1.key }) where !connection.isSandbox {
            facts.append(FactPart(name: scene.labels[name] ?? name, value: value.typed))
        }
        for secret in scene.secrets {
            facts.append(FactPart(name: secret, value: "held, encrypted"))
        }
        if let setup = connection.lastSetup {
            facts.append(FactPart(name: "Credential checked", value: Phrase.moment(setup.finishedAt)))
        }
        if let expiry = connection.identity?.expiresAt {
            facts.append(FactPart(name: "Stops working", value: Phrase.moment(expiry)))
        }
        if let scopes = connection.identity?.scopes, !scopes.isEmpty {
            facts.append(FactPart(name: "Permissions", value: scopes.joined(separator: ", ")))
        }
        if let activated = connection.activatedAt {
            facts.append(FactPart(name: "Connected", value: Phrase.moment(activated)))
        }
        return facts
    }
}

/// Why nothing comes from an account, or will come soon, and the one thing to do.
struct AttentionPart: Sendable {
    let sentence: String
    let more: String?
    let link: LinkPart?
    let action: ActionPart?

    /// Nil while nothing is wrong that needs the owner.
    init?(_ card: ConnectionCard, _ setting: PageSetting) {
        let ending = Self.ending(of: card.health, setting)
        guard ending != nil || [.needsAttention, .locked].contains(card.health.headline) else { return nil }
        action = card.action(csrf: setting.csrf, .primary)
        if card.health.setup == .locked {
            (sentence, more, link) = ("Its secrets cannot be opened on this server: a vault key is missing.", nil, nil)
        } else if let ending {
            (sentence, more, link) = (ending, "With a new one before that, nothing is missed.", nil)
        } else {
            let problem = card.health.problem.map { ProblemPart($0) }
            (sentence, more) = (problem?.sentence ?? "This account needs a new credential.", problem?.action)
            link = problem?.link
        }
    }

    /// When the credential of an account ends that is well otherwise; nil where nobody has to think of that yet.
    private static func ending(of health: ConnectionHealth, _ setting: PageSetting) -> String? {
        guard health.headline == .active, health.action == .reconnect, let end = health.credentialEnd,
            end.notice(at: setting.now) != nil
        else { return nil }
        let day = Phrase.day(end.time)
        if end.time <= setting.now { return "Its credential ended on \(day)." }
        return end.isTold
            ? "Its credential ends on \(day)." : "Its credential may end on \(day), as those before it did."
    }
}

/// An entity of an account, with how many records there are.
struct EntityLink: Sendable {
    let name: String
    let count: String
    let href: String
    /// What a record of it tells.
    var fields = ""

    init(_ tally: RecordTally, of connection: Connection) {
        (name, count) = (tally.entity, Phrase.number(tally.count))
        href = ConsolePath.table(tally.entity, of: connection.slug)
    }

    init(_ entity: StoredEntity, count: Int, of slug: String) {
        (name, self.count) = (entity.name, Phrase.number(count))
        href = ConsolePath.table(entity.name, of: slug)
        fields = entity.fields.prefix(8).map(\.name).joined(separator: ", ")
    }
}

/// A sync on a list.
struct SyncLink: Sendable {
    let when: TimePart
    let outcome: String
    let href: String

    init(_ run: Run, now: Date) {
        when = TimePart(run.startedAt ?? run.requestedAt, now: now)
        outcome = run.words
        href = ConsolePath.run(run.id)
    }
}

extension Run {
    /// How it stands or how it ended, in a few words.
    var words: String {
        if isStalled { return "broke off" }
        return switch state {
        case .requested: "waiting"
        case .running: "collecting"
        case .complete: Phrase.count(progress.records, "record")
        case .partial: "part is missing"
        case .failed: "failed"
        case .cancelled: "stopped"
        }
    }
}
