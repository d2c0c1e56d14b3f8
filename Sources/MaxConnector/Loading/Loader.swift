public import MaxCore

/// One way to get records from the provider, and the fields it provides.
public struct Loader<Context: Sendable>: Sendable {
    /// The name, unique in its connector.
    public let name: String
    /// The entity whose fields it provides.
    public let entity: any Entity.Type
    /// The names of the fields it provides.
    public let fields: Set<String>
    /// What it does.
    public let shape: Shape

    /// The four shapes of loading.
    public enum Shape: Sendable {
        /// One record by its id; nil when the provider says it is gone.
        case entity(@Sendable (_ id: String, Context) async throws -> Record?)
        /// Up to `limit` records at once.
        case batch(limit: Int, @Sendable (_ ids: [String], Context) async throws -> Batch)
        /// The children of a record, a page at a time, from a cursor on.
        case collection(Children, @Sendable (_ parent: String, _ cursor: String?, Context) async throws -> Page<Record>)
        /// One page that feeds several entities, from a cursor on.
        case source(@Sendable (_ parent: String, _ cursor: String?, Context) async throws -> SourcePage)
    }

    /// A collection field.
    public struct Children: Sendable {
        /// The entity that has the children.
        public let parent: any Entity.Type
        /// Its collection field.
        public let field: String
        /// Creates the name of a collection field.
        public init(of parent: any Entity.Type, _ field: String) {
            self.parent = parent
            self.field = field
        }
    }

    /// Creates a loader.
    public init(_ name: String, of entity: any Entity.Type, provides fields: Set<String>, _ shape: Shape) {
        self.name = name
        self.entity = entity
        self.fields = fields
        self.shape = shape
    }
}

/// One page of a source that feeds several entities, such as a change feed.
public struct SourcePage: Sendable {
    /// The records with news, each after the ones it refers to where the provider says so.
    public var records: [Record]
    /// The collections that records are in, as the lists would show them; more may be told than come in this page.
    ///
    /// Of a record that is told to be in a collection of a field, all its collections of that field are told.
    public var links: [Link]
    /// The records that do not exist any more once the page is over.
    ///
    /// Of several changes of one record a page tells the last only: what is in `records` too counts as gone.
    public var gone: [Ref]
    /// Where the next page starts; nil on the last one.
    public var next: String?
    /// Where a later collection goes on once this page is stored.
    public var resume: String?

    /// Creates a page.
    public init(
        records: [Record], links: [Link] = [], gone: [Ref] = [], next: String? = nil, resume: String? = nil
    ) {
        self.records = records
        self.links = links
        self.gone = gone
        self.next = next
        self.resume = resume
    }

    /// One child in one collection.
    public struct Link: Sendable, Hashable {
        /// The record whose child it is.
        public let parent: Ref
        /// The collection field.
        public let field: String
        /// The child.
        public let child: Ref

        /// Creates a link.
        public init(_ parent: Ref, _ field: String, _ child: Ref) {
            self.parent = parent
            self.field = field
            self.child = child
        }
    }
}
