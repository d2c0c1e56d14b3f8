internal import MaxCore
internal import MaxEngines
internal import MaxHub

/// How far a check has climbed: its rungs, each with a mark, words for who does not see it, and its time.
struct LadderPart: Sendable {
    let rungs: [RungPart]

    /// Makes what is shown of a ladder; nil of one that has no rung.
    init?(_ ladder: Ladder?) {
        guard let ladder, !ladder.rungs.isEmpty else { return nil }
        rungs = ladder.rungs.map(RungPart.init)
    }
}

/// One rung of a ladder.
struct RungPart: Sendable {
    let name: String
    let word: String
    let detail: String?
    let tone: String
    let icon: String
    let isMoving: Bool

    init(_ rung: LadderRung) {
        name = rung.rung.name
        word = rung.word
        detail = rung.detail.isEmpty ? nil : rung.detail
        isMoving = rung.standing == .underWay
        (tone, icon) =
            switch rung.standing {
            case .ahead: ("ahead", "none")
            case .underWay: ("here", "work")
            case .passed, .stood: ("done", "check")
            case .failed: ("failed", "warn")
            case .unproven: ("unproven", "wait")
            }
    }
}
