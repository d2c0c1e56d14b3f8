package import Foundation
package import MaxCore

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

    /// How many have one value.
    package struct Group: Codable, Sendable, Hashable {
        package let value: JSON
        package let count: Int

        package init(value: JSON, count: Int) { (self.value, self.count) = (value, count) }
    }

    package init(count: Int, groups: [Group]? = nil, more: Bool? = nil) {
        (self.count, self.groups, self.more) = (count, groups, more)
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
