package import Foundation
internal import MaxCore
package import MaxHub

/// A sync as it is sent.
package struct RunBody: Codable, Sendable, Hashable {
    package let id: String
    /// The connection's short name; null when the connection is gone.
    package let connection: String?
    /// `requested`, `running`, `complete`, `partial`, `failed` or `cancelled`.
    package let state: String
    /// Whether it is stored as running and nobody works on it any more.
    package let stalled: Bool
    /// `changes` or `everything`.
    package let mode: String
    /// The entities it is limited to; empty for all.
    package let only: [String]
    package let requestedAt: Date
    package let startedAt: Date?
    package let endedAt: Date?
    /// The records that came, whatever became of them.
    package let records: Int
    /// What became of them, by entity.
    package let counts: [String: CountBody]
    package let stages: [StageBody]
    package let lastRecord: LastRecordBody?
    /// Values that were not of their field's kind and are kept beside it, by `Entity.field`.
    package let misfits: [String: Int]
    /// The one reason why it is not complete.
    package let problem: ProblemBody?
    /// What could not be had, grouped by stage and cause.
    package let missing: [MissingBody]
    /// For each entity without a record: whether the provider said that there is none.
    package let emptiness: [String: EmptinessBody]

    /// Puts a run into its form for sending.
    package init(_ run: Run, of connection: Connection?) {
        id = run.id.rawValue
        self.connection = connection?.slug
        state = run.state.rawValue
        stalled = run.isStalled
        mode = run.scope.mode.rawValue
        only = run.scope.only.sorted()
        (requestedAt, startedAt, endedAt) = (run.requestedAt, run.startedAt, run.endedAt)
        records = run.progress.records
        counts = run.progress.counts.mapValues { CountBody($0) }
        stages = run.progress.stages.map { StageBody($0, of: run.progress) }
        lastRecord = run.progress.lastRecord.map { LastRecordBody(ref: $0.ref, title: $0.title, at: $0.at) }
        misfits = run.progress.misfits
        problem = run.ending?.problem.map { ProblemBody($0) }
        missing = run.ending?.missing.map { MissingBody($0) } ?? []
        emptiness = run.ending?.emptiness.mapValues { EmptinessBody($0) } ?? [:]
    }
}

/// What became of an entity's records.
package struct CountBody: Codable, Sendable, Hashable {
    package let added: Int
    package let changed: Int
    package let unchanged: Int
    package let gone: Int

    init(_ count: RunProgress.Count) {
        (added, changed, unchanged, gone) = (count.added, count.changed, count.unchanged, count.gone)
    }
}

/// The record that was stored last.
package struct LastRecordBody: Codable, Sendable, Hashable {
    package let ref: String
    package let title: String?
    package let at: Date
}
