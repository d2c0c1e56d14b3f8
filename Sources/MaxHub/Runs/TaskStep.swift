package import Foundation
package import MaxConnector
package import MaxCore

/// What one page, feed page or batch brought, to be stored whole or not at all.
package struct TaskStep: Sendable {
    package let task: SyncTask
    /// The records, in the provider's order.
    package var records: [Record] = []
    /// The records that the provider says do not exist any more.
    package var gone: [Ref] = []
    /// For a page of a list: whose children the records are.
    package var listing: Listing?
    /// For a page of a feed: the collections that records are in.
    package var links: [SourcePage.Link] = []
    /// The work that follows from it.
    package var spawns: [Spawn] = []
    /// The memo of the page just read; nil forgets the earlier one.
    package var memo: PageMemo?
    /// Where a later run can go on, valid from this step on.
    package var resume: String?
    /// How many records the whole list has, when the provider says so.
    package var total: Int?
    /// What was recorded of the run since the commit before.
    package var recorded = RecordedPart()
    package let outcome: Outcome

    package init(_ task: SyncTask, _ outcome: Outcome) {
        self.task = task
        self.outcome = outcome
    }

    /// How the task stands after the step.
    package enum Outcome: Sendable, Hashable {
        /// There is another page.
        case next(cursor: String)
        /// It was read to the end; `isWhole` when from the beginning and in one go, so that what was not seen is not there.
        case done(isWhole: Bool)
        /// It is tried again, not before that time.
        case later(Problem, at: Date)
        /// It is begun anew from the first page, because the place it had come to is none any more.
        case again
        /// It is given up in this run.
        case failed(Problem)
        /// The record it is about does not exist any more.
        case gone
    }

    /// A page of a list.
    package struct Listing: Sendable, Hashable {
        /// The record whose children are listed.
        package let parent: Ref
        /// Its collection field.
        package let field: String
        /// The entity of the children.
        package let children: String
        /// Whether the provider said that the page is the one of the memo: its children count as seen again.
        package let isUnmodified: Bool

        package init(parent: Ref, field: String, children: String, isUnmodified: Bool = false) {
            self.parent = parent
            self.field = field
            self.children = children
            self.isUnmodified = isUnmodified
        }
    }
}

/// Work that follows from a step; a job that the run has already is not added again, but for a detail that is done: its
/// records have changed since.
package enum Spawn: Sendable, Hashable {
    /// That job.
    case job(SyncJob)
    /// A job for each record of the entity that the step brought; those of an unmodified page included.
    case perRecord(of: String, SyncJob.Kind, way: String)
    /// A job for each record of the entity that the step brought for the first time.
    case perNewRecord(of: String, SyncJob.Kind, way: String)
    /// A job for each stored record of the entity.
    case perStored(of: String, SyncJob.Kind, way: String)
    /// Jobs of up to `limit` ids each for the step's records of the entity that are new or changed, or for all of them.
    case details(of: String, way: String, limit: Int, includingUnchanged: Bool)
}
