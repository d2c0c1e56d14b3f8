/// One piece of a run: a list to page through, a feed to follow, or records to complete.
///
/// Its row says what is left to do and nothing else. There is no state “running”: who holds the run's lease works on its
/// tasks, and when that process ends they simply still wait.
package struct SyncTask: Sendable, Hashable, Identifiable {
    /// Unique for ever; also the mark of everything one reading of a list has seen.
    package let id: Int64
    package let job: SyncJob
    /// Where it goes on; nil at the beginning.
    package let cursor: String?
    /// How many pages were read.
    package let page: Int
    /// How often it failed in a row.
    package let attempts: Int
    /// Whether an earlier run began to read it, so that the list may have moved meanwhile.
    package let isInterrupted: Bool
    /// Where the last finished reading says that a later one can go on.
    package let resume: String?
    /// What is known of the page it is about to read, from an earlier reading.
    package let memo: PageMemo?

    package init(
        id: Int64, job: SyncJob, cursor: String? = nil, page: Int = 0, attempts: Int = 0,
        isInterrupted: Bool = false, resume: String? = nil, memo: PageMemo? = nil
    ) {
        self.id = id
        self.job = job
        self.cursor = cursor
        self.page = page
        self.attempts = attempts
        self.isInterrupted = isInterrupted
        self.resume = resume
        self.memo = memo
    }
}

/// What is to be done, in words that outlive a plan's change.
package struct SyncJob: Sendable, Hashable, Codable {
    package let kind: Kind
    /// `Project.tasks` of a collection, the loader's name of a feed or a detail.
    package let way: String
    /// The id of the record whose children or changes are read; of a detail, the ids of the records, as a JSON array.
    package let subject: String

    /// The kinds of work.
    package enum Kind: String, Sendable, Hashable, Codable, CaseIterable {
        /// The children of a record, page by page.
        case collection
        /// What changed below a record since the last time.
        case feed
        /// Fields that the lists do not give.
        case detail
    }

    package init(_ kind: Kind, _ way: String, _ subject: String) {
        self.kind = kind
        self.way = way
        self.subject = subject
    }
}

/// What is known of one page of a list, so that the provider may answer that it is still the same.
package struct PageMemo: Sendable, Hashable {
    /// The entity tag of RFC 9110, section 8.8.3.
    package let validator: String
    /// The cursor the page was read from.
    package let cursor: String?
    /// Where the next page started.
    package let next: String?
    package let total: Int?
    /// How many records it had.
    package let records: Int

    package init(validator: String, cursor: String?, next: String?, total: Int?, records: Int) {
        self.validator = validator
        self.cursor = cursor
        self.next = next
        self.total = total
        self.records = records
    }
}
