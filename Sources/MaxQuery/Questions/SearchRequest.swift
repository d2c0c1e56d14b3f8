/// What somebody wants to see, in texts as they were typed.
package struct SearchRequest: Sendable, Hashable {
    /// A connection's slug, label or id, a connector's name, or `all`.
    package var scope: String
    package var entity: String
    /// A condition, such as `status = open AND dueDate < +7d`.
    package var filter: String?
    /// Words to be found, such as `"launch plan" budget*`.
    package var match: String?
    /// Fields to order by, such as `dueDate desc, title`.
    package var orderBy: String?
    /// Fields to give back, such as `title, assignee.email`; nil for all of them.
    package var fields: String?
    /// How many records at most, 1 to ``mostRecords``.
    package var limit: Int
    /// The `next` of an earlier reply to the same question.
    package var after: String?

    package static let mostRecords = 10_000

    /// Whether every record is meant, so that finding none says something of the entity.
    package var isUnconditional: Bool { (filter ?? "").allSatisfy(\.isWhitespace) && match == nil }

    package init(
        scope: String, entity: String, filter: String? = nil, match: String? = nil, orderBy: String? = nil,
        fields: String? = nil, limit: Int = 50, after: String? = nil
    ) {
        self.scope = scope
        self.entity = entity
        self.filter = filter
        self.match = match
        self.orderBy = orderBy
        self.fields = fields
        self.limit = limit
        self.after = after
    }
}

/// A question for how many, in texts as they were typed.
package struct CountRequest: Sendable, Hashable {
    /// A connection's slug, label or id, a connector's name, or `all`.
    package var scope: String
    package var entity: String
    package var filter: String?
    package var match: String?
    /// A field whose values are counted apart, such as `status` or `assignee.email`.
    package var groupBy: String?
    /// How many groups at most, 1 to ``SearchRequest/mostRecords``.
    package var limit: Int

    /// Whether every record is meant, so that finding none says something of the entity.
    package var isUnconditional: Bool { (filter ?? "").allSatisfy(\.isWhitespace) && match == nil }

    package init(
        scope: String, entity: String, filter: String? = nil, match: String? = nil, groupBy: String? = nil,
        limit: Int = 100
    ) {
        self.scope = scope
        self.entity = entity
        self.filter = filter
        self.match = match
        self.groupBy = groupBy
        self.limit = limit
    }
}

/// A question for what changed in one connection.
package struct ChangesRequest: Sendable, Hashable {
    /// The connection's slug, label or id.
    package var connection: String
    /// The `next` of an earlier reply; nil to begin at the beginning.
    package var since: String?
    /// How many changes at most, 1 to ``SearchRequest/mostRecords``.
    package var limit: Int

    package init(connection: String, since: String? = nil, limit: Int = 100) {
        self.connection = connection
        self.since = since
        self.limit = limit
    }
}
