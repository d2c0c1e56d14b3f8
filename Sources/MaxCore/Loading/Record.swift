/// What a loader knows about one record: an id and the fields it has a word on.
///
/// Absent, null and gone are three things. A field that is absent here stays as it was; `null` empties it; a record
/// that no longer exists is reported as gone by ``Batch`` or a tombstone, never as a record without fields.
public struct Record: Sendable, Hashable {
    /// The record's address.
    public let ref: Ref
    /// The known fields by name; references hold the target's id.
    public let fields: [String: JSON]

    /// Creates a record.
    public init(_ entity: any Entity.Type, id: String, _ fields: [String: JSON]) {
        self.ref = Ref(entity, id)
        self.fields = fields
    }
}

/// The answer to a request for several records at once.
///
/// One that failed never loses its siblings.
public struct Batch: Sendable {
    /// The records that came.
    public var found: [Record]
    /// The ids the provider says do not exist any more.
    public var gone: [String]
    /// The ids that could not be read, each with its reason.
    public var failed: [String: Problem]

    /// Creates a batch.
    public init(found: [Record], gone: [String] = [], failed: [String: Problem] = [:]) {
        self.found = found
        self.gone = gone
        self.failed = failed
    }
}

/// One page of a longer list.
public struct Page<Item: Sendable>: Sendable {
    /// The items of this page.
    public var items: [Item]
    /// Where the next page starts; nil on the last one.
    public var next: String?
    /// How many items there are in all, when the provider says so.
    public var total: Int?
    /// Where an incremental collection can go on later, when the provider has such a place.
    public var resume: String?

    /// Creates a page.
    public init(_ items: [Item], next: String? = nil, total: Int? = nil, resume: String? = nil) {
        self.items = items
        self.next = next
        self.total = total
        self.resume = resume
    }
}

extension Page {
    /// The same page with each item transformed.
    public func map<Other: Sendable>(_ transform: (Item) throws -> Other) rethrows -> Page<Other> {
        Page<Other>(try items.map(transform), next: next, total: total, resume: resume)
    }
}
