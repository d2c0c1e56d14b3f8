package import Foundation
package import MaxCore

/// A page of records, as it is sent.
package struct RecordPageBody: Codable, Sendable, Hashable {
    package let items: [JSON]
    /// What to give as `after` for the next page; null on the last one.
    package let next: String?
    package let entity: String
    /// The names of the fields in the order in which they are shown.
    package let columns: [String]
    /// The connections that were searched, by short name.
    package let connections: [String]
    /// Where there is no record at all: of each connection, whether that is certain.
    package let emptiness: [String: EmptinessBody]?

    package init(
        _ records: [RecordBody], next: String?, entity: String, columns: [String], connections: [String],
        emptiness: [String: EmptinessBody]?
    ) {
        items = records.map(\.json)
        (self.next, self.entity, self.columns) = (next, entity, columns)
        (self.connections, self.emptiness) = (connections, emptiness)
    }

    private enum CodingKeys: String, CodingKey {
        case items
        case next
        case entity
        case columns
        case connections
        case emptiness
    }

    /// Encodes the page with its `next`, null or not.
    package func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(items, forKey: .items)
        try container.encode(next, forKey: .next)
        try container.encode(entity, forKey: .entity)
        try container.encode(columns, forKey: .columns)
        try container.encode(connections, forKey: .connections)
        try container.encodeIfPresent(emptiness, forKey: .emptiness)
    }
}

/// A record with its edges, or what it was, as it is sent.
package struct RecordDetailBody: Codable, Sendable, Hashable {
    package let record: JSON
    /// Its children, by collection; absent when it is gone.
    package var children: [EdgeBody]?
    /// The addresses of the records whose collections it is in; absent when it is gone.
    package var parents: [String]?
    /// Since when it does not exist any more; absent while it does.
    package var goneSince: Date?

    package init(_ record: RecordBody, children: [EdgeBody], parents: [Ref]) {
        self.record = record.json
        self.children = children
        self.parents = parents.map(\.description)
    }

    package init(gone record: RecordBody, since: Date) {
        self.record = record.json
        goneSince = since
    }
}

/// The children of a record in one collection, as they are sent.
package struct EdgeBody: Codable, Sendable, Hashable {
    package let field: String
    package let entity: String
    package let count: Int
    /// The ids of the first of them.
    package let first: [String]

    package init(field: String, entity: String, count: Int, first: [String]) {
        (self.field, self.entity, self.count, self.first) = (field, entity, count, first)
    }
}

/// How many records there are, as it is sent.
package struct CountAnswerBody: Codable, Sendable, Hashable {
    package let count: Int
    /// How many for each value, the largest first; absent without grouping.
    package var groups: [Group]?
    /// Whether there are more groups; absent without grouping.
    package var more: Bool?
    /// The name of the field whose values are counted apart; absent without grouping.
    package var groupedBy: String?
    /// Where there is no record at all: of each connection, whether that is certain.
    package var emptiness: [String: EmptinessBody]?

    /// How many have one value.
    package struct Group: Codable, Sendable, Hashable {
        package let value: JSON
        package let count: Int

        package init(value: JSON, count: Int) { (self.value, self.count) = (value, count) }
    }

    package init(
        count: Int, groups: [Group]? = nil, more: Bool? = nil, by field: String? = nil,
        emptiness: [String: EmptinessBody]? = nil
    ) {
        (self.count, self.groups, self.more) = (count, groups, more)
        (groupedBy, self.emptiness) = (field, emptiness)
    }
}

/// What came, changed or went in a connection, as it is sent.
package struct ChangesBody: Codable, Sendable, Hashable {
    package let items: [ChangeBody]
    /// What to give as `after` for what comes later; there may be nothing yet.
    package let next: String
    /// Whether there is more already.
    package let more: Bool

    package init(_ items: [ChangeBody], next: String, more: Bool) {
        (self.items, self.next, self.more) = (items, next, more)
    }
}

/// One change of a record, as it is sent.
package struct ChangeBody: Codable, Sendable, Hashable {
    /// `changed` or `gone`.
    package let change: String
    package let ref: String
    /// The record as it is now; absent when it is gone.
    package var record: JSON?

    package init(changed record: RecordBody) {
        (change, ref, self.record) = ("changed", record.ref.description, record.json)
    }

    package init(gone ref: Ref) { (change, self.ref) = ("gone", ref.description) }
}
