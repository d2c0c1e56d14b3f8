internal import MaxConnector
internal import MaxCore

/// What a task's loader brought.
enum Fetched: Sendable {
    /// A page of a list, with its entity tag where it is made of one answer that has one.
    case page(Page<Record>, tag: String?)
    /// The page that the task's memo is of, unchanged.
    case unmodified
    /// A page of a feed.
    case changes(SourcePage, start: FeedStart)
    /// Nothing, because the feed knows no place, and the run must not take one.
    case noPlace
    /// Records whose ids were known.
    case batch(Batch)
    /// Nothing, because the pages that were read before are out of date, and nobody tells of what changed on them.
    case outdated
    /// Nothing, because the plan has no such way any more.
    case noWay
    /// Nothing, and why.
    case problem(Problem)
    /// Nothing, for a reason that ends the whole run.
    case halt(Problem)
    /// Nothing, because the run is being stopped.
    case dropped

    /// Where a feed was read from.
    enum FeedStart: Sendable, Hashable {
        /// From the place it told the last time.
        case place
        /// From now on: there was no such place, or the provider has forgotten it.
        case now
    }
}
