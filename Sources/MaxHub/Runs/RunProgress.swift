package import Foundation

/// How far a run came: what people watch, and what its end is judged by.
///
/// It is stored with the records it counts, in the same transaction, so that it is never ahead of them.
package struct RunProgress: Sendable, Hashable, Codable {
    /// The stages of the plan in their order.
    package var stages: [Stage]
    /// What became of the records, by entity.
    package var counts: [String: Count]
    /// The record that was stored last.
    package var lastRecord: LastRecord?
    /// Values that were not of their field's kind and are kept beside it, by `Entity.field`.
    package var misfits: [String: Int]

    package init(stages: [Stage] = [], counts: [String: Count] = [:]) {
        self.stages = stages
        self.counts = counts
        misfits = [:]
    }

    /// One stage of the plan.
    package struct Stage: Sendable, Hashable, Codable {
        /// The way it collects: `Project.tasks` of a collection, the loader's name of a feed or a detail.
        package let way: String
        /// What people read.
        package let title: String
        /// The entity it is for.
        package let entity: String
        /// How many lists, feeds or batches are known to belong to it.
        package var known = 0
        /// How many of them are over: read to the end, gone or failed.
        package var over = 0
        /// How many of those failed.
        package var failed = 0
        /// How many of those the provider has no more.
        package var gone = 0
        /// The records they brought.
        package var records = 0
        /// The sum of the totals that the provider gave.
        package var total = 0
        /// How many of the lists have a total.
        package var totals = 0

        package init(way: String, title: String, entity: String) {
            self.way = way
            self.title = title
            self.entity = entity
        }
    }

    /// What became of an entity's records.
    package struct Count: Sendable, Hashable, Codable {
        package var added = 0
        package var changed = 0
        package var unchanged = 0
        package var gone = 0

        package init(added: Int = 0, changed: Int = 0, unchanged: Int = 0, gone: Int = 0) {
            self.added = added
            self.changed = changed
            self.unchanged = unchanged
            self.gone = gone
        }

        /// The records that came, whatever became of them.
        package var seen: Int { added + changed + unchanged }
    }

    /// The record that was stored last.
    package struct LastRecord: Sendable, Hashable, Codable {
        package let ref: String
        /// Its title, where it has one.
        package let title: String?
        package let at: Date

        package init(ref: String, title: String?, at: Date) {
            self.ref = ref
            self.title = title
            self.at = at
        }
    }
}

extension RunProgress {
    /// The records that came so far.
    package var records: Int { counts.values.reduce(0) { $0 + $1.seen } }

    /// Adds what a step brought.
    package mutating func add(_ written: WriteCounts) {
        for (entity, count) in written.counts {
            counts[entity, default: Count()].added += count.added
            counts[entity, default: Count()].changed += count.changed
            counts[entity, default: Count()].unchanged += count.unchanged
            counts[entity, default: Count()].gone += count.gone
        }
        misfits.merge(written.misfits, uniquingKeysWith: +)
        lastRecord = written.lastRecord ?? lastRecord
    }

    /// Changes the stage of a way, if there is one.
    package mutating func update(_ way: String, _ change: (inout Stage) -> Void) {
        guard let index = stages.firstIndex(where: { $0.way == way }) else { return }
        change(&stages[index])
    }

    /// How many records a stage will have in the end, when the provider has told it of every list there can be.
    package func total(of stage: Stage, isParentOver: Bool) -> Int? {
        isParentOver && stage.known > 0 && stage.totals == stage.known ? stage.total : nil
    }
}

/// What a write did.
package struct WriteCounts: Sendable, Hashable {
    /// By entity.
    package var counts: [String: RunProgress.Count]
    /// Values that were not of their field's kind, by `Entity.field`.
    package var misfits: [String: Int]
    /// The record that was stored last.
    package var lastRecord: RunProgress.LastRecord?

    package init(
        counts: [String: RunProgress.Count] = [:], misfits: [String: Int] = [:],
        lastRecord: RunProgress.LastRecord? = nil
    ) {
        self.counts = counts
        self.misfits = misfits
        self.lastRecord = lastRecord
    }
}
