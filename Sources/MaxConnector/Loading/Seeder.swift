public import MaxCore

/// Makes the plan of a collection from an installation's context.
public struct Seeder<Context: Sendable>: Sendable {
    private let make: @Sendable (Context) -> SyncPlan

    /// Creates a seeder; `plan` does no I/O.
    public init(plan: @escaping @Sendable (Context) -> SyncPlan) { make = plan }

    /// The plan for a context.
    public func plan(_ context: Context) -> SyncPlan { make(context) }
}

/// A collection as data: where it begins, what is gathered from there, stage by stage, and what tells of changes.
public struct SyncPlan: Sendable, Hashable, Codable {
    /// The record everything is reached from.
    public let root: Ref
    /// The stages in their order.
    public let stages: [Stage]
    /// The feeds that tell what changed, so that later collections need not read every list again.
    public let feeds: [Feed]

    /// Creates a plan.
    public init(root: Ref, stages: [Stage], feeds: [Feed] = []) {
        self.root = root
        self.stages = stages
        self.feeds = feeds
    }

    /// What changed below every record of an entity, as a loader of shape ``Loader/Shape/source(_:)`` tells it.
    ///
    /// The loader is first called without a cursor, before the lists below the record are read, for the place from which
    /// on it will tell changes (``SourcePage/resume``). Later it is called with the last such place. It throws
    /// ``MaxCore/Problem/cursorExpired`` when the provider does not know that place any more, and every list is read again.
    public struct Feed: Sendable, Hashable, Codable {
        /// What people read while it runs.
        public let title: String
        /// The entity whose records have the feed.
        public let parent: String
        /// The name of the loader that reads it.
        public let loader: String
        /// The entities whose every change it tells, deletions included.
        public let covers: Set<String>

        /// Creates a feed; its title is “Reading what changed” unless given.
        public init(
            of parent: any Entity.Type, _ loader: String, covers: [any Entity.Type],
            title: String = "Reading what changed"
        ) {
            self.title = title
            self.parent = parent.definition.name
            self.loader = loader
            self.covers = Set(covers.map { $0.definition.name })
        }
    }

    /// One stage: the children of every record of an entity.
    public struct Stage: Sendable, Hashable, Codable {
        /// What people read while it runs.
        public let title: String
        /// The entity whose records have the children.
        public let parent: String
        /// The collection field that is gathered.
        public let field: String

        /// Creates a stage; its title is “Collecting” and the field's name unless given.
        public init(_ parent: any Entity.Type, _ field: String, title: String? = nil) {
            self.parent = parent.definition.name
            self.field = field
            self.title = title ?? "Collecting \(field)"
        }
    }
}
