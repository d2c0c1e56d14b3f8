internal import Foundation
internal import MaxConnector
internal import MaxEngines
internal import MaxHub

/// What can be connected, searchable.
struct AddPage: Page {
    static let template = "add"
    /// How many sources are on the page at most.
    private static let size = 60

    let frame: Frame
    let query: String
    let found: String
    let blocker: BlockerPart?
    let entries: [CatalogEntry]
    let hasEntries: Bool

    init(_ plans: [SetupPlan], query: String = "", _ setting: PageSetting) {
        let matching = plans.filter { $0.isCalled(query) }
        entries = matching.prefix(Self.size).map { CatalogEntry($0, setting) }
        self.query = query
        found = query.isEmpty ? "" : "\(Phrase.count(matching.count, "source")) found"
        blocker = plans.lazy.compactMap(\.blocker).first.map(BlockerPart.init)
        hasEntries = !entries.isEmpty
        frame = setting.frame("Add source", at: .sources)
    }
}

/// A setting of the server that is missing.
struct BlockerPart: Sendable {
    let sentence: String
    let fix: String

    init(_ blocker: SetupPlan.Blocker) {
        sentence = "This server cannot keep secrets yet"
        fix = blocker.fix.onPage ?? "Its vault key is missing. Whoever keeps this server has to give it one."
    }
}

/// A source that can be connected, or why not.
struct CatalogEntry: Sendable {
    let tile: TilePart
    let name: String
    let description: String
    let collects: String?
    let leaves: String?
    let existing: String?
    let refusal: String?
    let start: StartPart?

    init(_ plan: SetupPlan, _ setting: PageSetting) {
        let about = plan.connector
        tile = TilePart(of: about)
        (name, description) = (about.displayName, about.description)
        collects = about.collects.isEmpty ? nil : about.collects.joined(separator: ", ")
        leaves = about.doesNotCollect.isEmpty ? nil : about.doesNotCollect.joined(separator: ", ")
        existing = Self.existing(plan)
        switch plan.canAdd {
        case .yes:
            (start, refusal) = (StartPart(about.name, title: "Connect your \(about.displayName) account", setting), nil)
        case .afterServerSetup: (start, refusal) = (nil, "Can be connected once this server is ready.")
        case .no(let why):
            let what = plan.existing.isEmpty ? "Not available here." : "Adding another account is not available here."
            (start, refusal) = (nil, "\(what) \(why)")
        }
    }

    private static func existing(_ plan: SetupPlan) -> String? {
        let labels = plan.existing.map(\.label)
        guard let first = labels.first else { return nil }
        return labels.count == 1
            ? "Connected already: \(first)."
            : "\(Phrase.count(labels.count, "account")) connected already, among them \(first)."
    }
}

/// The beginning of a setup.
struct StartPart: Sendable {
    let url: String
    let csrf: String
    let title: String

    init(_ connector: String, title: String, _ setting: PageSetting) {
        (url, csrf) = ("/add/\(connector.escapedInPath)", setting.csrf)
        self.title = title
    }
}

extension SetupPlan {
    fileprivate var blocker: Blocker? {
        if case .afterServerSetup(let blockers) = canAdd { blockers.first } else { nil }
    }

    fileprivate func isCalled(_ query: String) -> Bool {
        let words = query.split(whereSeparator: \.isWhitespace)
        let texts = [connector.displayName, connector.name, connector.description] + connector.collects
        return words.allSatisfy { word in texts.contains { $0.localizedCaseInsensitiveContains(word) } }
    }
}
