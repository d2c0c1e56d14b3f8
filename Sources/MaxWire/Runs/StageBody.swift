package import MaxHub

/// One stage of a sync, as it is sent.
package struct StageBody: Codable, Sendable, Hashable {
    package let title: String
    package let entity: String
    /// The records it brought.
    package let records: Int
    /// How many there will be, where the provider told.
    package let total: Int?
    /// How many lists, feeds or batches are known to belong to it.
    package let lists: Int
    /// How many of them are over.
    package let over: Int
    /// How many of those failed.
    package let failed: Int
    /// How many of those the provider does not have any more.
    package let gone: Int
    /// Whether nothing more can come of it.
    package let done: Bool

    init(_ stage: RunProgress.Stage, of progress: RunProgress) {
        (title, entity, records) = (stage.title, stage.entity, stage.records)
        (total, done) = (progress.total(of: stage), progress.isOver(stage))
        (lists, over, failed, gone) = (stage.known, stage.over, stage.failed, stage.gone)
    }
}

/// What could not be had, and why.
package struct MissingBody: Codable, Sendable, Hashable {
    package let stage: String
    package let entity: String
    /// How many lists or batches failed so.
    package let count: Int
    /// Refs of records whose children or fields are missing; at most five.
    package let examples: [String]
    package let problem: ProblemBody
    /// `next_sync`: the next sync tries again; `owner`: only when the owner has acted.
    package let healing: String

    init(_ missing: RunEnding.Missing) {
        (stage, entity, count, examples) = (missing.stage, missing.entity, missing.count, missing.examples)
        problem = ProblemBody(missing.problem)
        healing = missing.healing.rawValue
    }
}

/// Whether no record means that there is none.
package struct EmptinessBody: Codable, Sendable, Hashable {
    package let proven: Bool
    /// How that is known, or why it is not.
    package let words: String

    package init(_ emptiness: RunEnding.Emptiness) {
        switch emptiness {
        case .proven(let how): (proven, words) = (true, how)
        case .unproven(let why): (proven, words) = (false, why)
        }
    }
}
