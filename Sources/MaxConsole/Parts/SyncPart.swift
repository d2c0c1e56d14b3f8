/// A sync as it stands, or how it ended.
struct SyncPart: Sendable, Hashable {
    let tone: BadgePart.Tone
    let headline: String
    /// What screen readers say of it, without the numbers that change all the time.
    let news: String
    var sentences: [String] = []
    var fix: LinkPart?
    var stages: [StagePart] = []
    /// The record that came last.
    var last: String?
    var actions: [ActionPart] = []

    let icon: String
    let isMoving: Bool
    let hasStages: Bool
    let hasActions: Bool

    init(
        _ tone: BadgePart.Tone, _ headline: String, news: String, sentences: [String] = [], fix: LinkPart? = nil,
        stages: [StagePart] = [], last: String? = nil, actions: [ActionPart] = []
    ) {
        (self.tone, self.headline, self.news, self.sentences, self.fix) = (tone, headline, news, sentences, fix)
        (self.stages, self.last, self.actions) = (stages, last, actions)
        (icon, isMoving, hasStages, hasActions) = (tone.icon, tone == .busy, !stages.isEmpty, !actions.isEmpty)
    }

    /// The same without its stages.
    var brief: SyncPart {
        SyncPart(tone, headline, news: news, sentences: sentences, fix: fix, actions: actions)
    }
}

/// A stage of a sync.
struct StagePart: Sendable, Hashable {
    let title: String
    let standing: Standing
    /// How many records it brought so far; never a bare zero.
    let count: String
    /// The total, where the provider told it, and what failed.
    let detail: String
    let icon: String
    let isMoving: Bool

    init(title: String, _ standing: Standing, count: String, detail: String) {
        (self.title, self.standing, self.count, self.detail) = (title, standing, count, detail)
        (icon, isMoving) = (standing.icon, standing == .here)
    }

    /// How far it is.
    enum Standing: String, Sendable, Hashable, CustomStringConvertible {
        case done
        /// Over, and some of it failed.
        case part
        case here
        case idle
        var description: String { rawValue }

        fileprivate var icon: String {
            switch self {
            case .done: "check"
            case .part: "warn"
            case .here: "work"
            case .idle: "wait"
            }
        }
    }
}
