package import MaxWire

extension Client {
    /// What is collected: entities, their fields, how many records.
    ///
    /// - Parameter name: A connector, a connection or an entity; everything unless given.
    package func schema(_ name: String? = nil) async throws -> [EntityBody] {
        try await all(.get("schema", query: [("name", name)]))
    }

    /// The records that fit a question.
    package func records(_ question: RecordQuestion) async throws -> RecordPageBody {
        try await ask(.get("records", query: question.query))
    }

    /// How many records fit a question, in all and for each value of a field.
    package func count(_ question: RecordQuestion, by field: String? = nil) async throws -> CountAnswerBody {
        try await ask(.get("records", "count", query: question.query + [("groupBy", field)]))
    }

    /// One record with its edges, or what it was when it is gone.
    package func record(_ ref: String) async throws -> RecordDetailBody {
        try await ask(.get("record", query: [("ref", ref)]))
    }

    /// What came, changed or went in a connection since an earlier answer.
    package func changes(_ connection: String, after cursor: String?, atMost most: Int) async throws -> ChangesBody {
        try await ask(
            .get("changes", query: [("connection", connection), ("after", cursor), ("limit", String(most))]))
    }
}

/// What somebody wants to see, as it is typed.
package struct RecordQuestion: Sendable, Hashable {
    /// A connection's id, short name or label, a connector's name, or `all`.
    package var scope: String
    package var entity: String
    package var filter: String?
    package var match: String?
    package var order: String?
    package var fields: String?
    package var limit: Int?
    package var after: String?

    package init(
        scope: String, entity: String, filter: String? = nil, match: String? = nil, order: String? = nil,
        fields: String? = nil, limit: Int? = nil, after: String? = nil
    ) {
        (self.scope, self.entity, self.filter, self.match) = (scope, entity, filter, match)
        (self.order, self.fields, self.limit, self.after) = (order, fields, limit, after)
    }

    var query: [(name: String, value: String?)] {
        [
            ("scope", scope), ("entity", entity), ("filter", filter), ("match", match), ("order", order),
            ("fields", fields), ("limit", limit.map(String.init)), ("after", after),
        ]
    }
}
