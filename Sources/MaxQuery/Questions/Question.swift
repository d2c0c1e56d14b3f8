internal import Foundation
internal import MaxCore
internal import MaxHub

/// A question whose every name is checked, ready for the store.
struct Question: Sendable {
    let topic: Topic
    let cursor: PageCursor
    let query: RecordQuery

    /// Reads what somebody wants to see.
    init(_ request: SearchRequest, _ topic: Topic, now: Date) throws(MaxError) {
        let cursor = try PageCursor(request.after, now: now)
        let list = FieldListReader(vocabulary: topic.vocabulary)
        var query = try Self.query(topic, request.filter, request.match, limit: request.limit, at: cursor.time)
        query.after = cursor.place
        if let order = request.orderBy, !order.isBlank {
            query.order = try TypedText.reading(order, as: .orderInvalid, list.order)
        }
        if let fields = request.fields {
            query.fields = try TypedText.reading(fields, as: .fieldsInvalid, list.fields)
        }
        (self.topic, self.cursor, self.query) = (topic, cursor, query)
    }

    /// The names of the fields in the order in which they are shown.
    var columns: [String] { query.fields?.map(\.name) ?? topic.entity.fields.map(\.name) }

    /// A query for the records of a topic for which a filter holds and which have words.
    static func query(
        _ topic: Topic, _ filter: String?, _ match: String?, limit: Int, at time: Date
    ) throws(MaxError) -> RecordQuery {
        try check(limit: limit)
        let conditions = [try condition(filter, topic, at: time), try words(match, topic)].compactMap(\.self)
        return RecordQuery(
            entity: topic.entity.name, connections: topic.connections.map(\.id),
            condition: conditions.count > 1 ? .all(conditions) : conditions.first, limit: limit)
    }

    /// - Throws: ``MaxCore/MaxError`` with code `limit_invalid`.
    static func check(limit: Int) throws(MaxError) {
        guard !(1...SearchRequest.mostRecords).contains(limit) else { return }
        throw MaxError(
            .limitInvalid, "The limit \(limit) is out of range.",
            fix: "Give one from 1 to \(SearchRequest.mostRecords).")
    }

    private static func condition(_ filter: String?, _ topic: Topic, at time: Date) throws(MaxError) -> Condition? {
        guard let filter else { return nil }
        let values = ValueReader(dates: DateReader(now: time))
        let resolver = FilterResolver(vocabulary: topic.vocabulary, values: values)
        return try TypedText.reading(filter, as: .filterInvalid, resolver.condition)
    }

    private static func words(_ match: String?, _ topic: Topic) throws(MaxError) -> Condition? {
        guard let match else { return nil }
        guard topic.entity.fields.contains(where: { $0.isTitle || $0.isText }) else {
            throw MaxError(
                .matchInvalid, "No field of \(topic.entity.name) is searched for words.", fix: "Use a filter instead.")
        }
        return .match(nil, try TypedText.reading(match, as: .matchInvalid, MatchReader.terms))
    }
}

extension String {
    fileprivate var isBlank: Bool { allSatisfy(\.isWhitespace) }
}
