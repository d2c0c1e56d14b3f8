public import MaxCore

/// Makes the plan of a collection from an installation's context.
public struct Seeder<Context: Sendable>: Sendable {
    private let make: @Sendable (Context) -> SyncPlan

    /// Creates a seeder; `plan` does no I/O.
    public init(plan: @escaping @Sendable (Context) -> SyncPlan) { make = plan }

    /// The plan for a context.
    public func plan(_ context: Context) -> SyncPlan { make(context) }
}

/// A collection as data: where it begins and what is gathered from there, stage by stage.
public struct SyncPlan: Sendable, Hashable, Codable {
    /// The record everything is reached from.
    public let root: Ref
    /// The stages in their order.
    public let stages: [Stage]

    /// Creates a plan.
    public init(root: Ref, stages: [Stage]) {
        self.root = root
        self.stages = stages
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
