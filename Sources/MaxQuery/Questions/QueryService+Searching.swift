internal import MaxCore
internal import MaxHub

extension QueryService {
    /// A page of the records that a question is about.
    package func search(_ request: SearchRequest) async throws -> SearchReply {
        let question = try await question(request)
        let page = try await records.search(question.query)
        return SearchReply(
            entity: question.topic.entity, columns: question.columns,
            connections: question.topic.connections.map(\.slug),
            records: page.records.told(of: question.topic.connections),
            next: page.next.map(question.cursor.text(at:)))
    }

    /// All records of a question; its limit is the size of a page.
    ///
    /// - Throws: What is wrong with the question, before the first page.
    package func pages(_ request: SearchRequest) async throws -> RecordPages {
        let question = try await question(request)
        return RecordPages(
            entity: question.topic.entity, columns: question.columns, query: question.query,
            connections: question.topic.connections, records: records)
    }

    /// How many records there are, in all and for each value of a field.
    package func count(_ request: CountRequest) async throws -> CountReply {
        let topic = try await topic(request.entity, in: request.scope)
        let query = try Question.query(topic, request.filter, request.match, limit: request.limit, at: now())
        let path = try request.groupBy.map { text in
            try TypedText.reading(text, as: .fieldsInvalid, FieldListReader(vocabulary: topic.vocabulary).field)
        }
        let count = try await records.count(query, by: nil, limit: 1).first?.count ?? 0
        let groups = path == nil ? [] : try await records.count(query, by: path, limit: request.limit + 1)
        return CountReply(
            entity: topic.entity, connections: topic.connections.map(\.slug), count: count, groupedBy: path?.name,
            groups: Array(groups.prefix(request.limit)), isCut: groups.count > request.limit)
    }

    private func question(_ request: SearchRequest) async throws -> Question {
        try Question(request, try await topic(request.entity, in: request.scope), now: now())
    }

    private func topic(_ entity: String, in scope: String) async throws -> Topic {
        let scope = try Scope(scope, among: try await connections.connections())
        return try Topic(entity, of: scope, in: try await records.catalog())
    }
}

extension [StoredRecord] {
    /// The records as they are told, each with its connection's slug.
    func told(of connections: [Connection]) -> [QueriedRecord] {
        compactMap { record in
            connections.first { $0.id == record.connection }.map { QueriedRecord(record, of: $0) }
        }
    }
}
