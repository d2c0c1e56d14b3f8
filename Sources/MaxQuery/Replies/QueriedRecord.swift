package import Foundation
package import MaxCore
package import MaxHub

/// A record as it is told.
package struct QueriedRecord: Sendable, Hashable {
    /// The address across connections, such as `work:Task/17`.
    package let ref: Ref
    /// The slug of its connection.
    package let connection: String
    /// The fields that were asked for, by name; one that its provider never told is absent.
    package let fields: [String: JSON]
    /// What came besides the fields of the schema; empty unless everything was asked for.
    package let others: [String: JSON]

    package init(_ record: StoredRecord, of connection: Connection) {
        self.init(record.ref, of: connection, fields: record.fields, others: record.others)
    }

    package init(_ ref: Ref, of connection: Connection, fields: [String: JSON], others: [String: JSON] = [:]) {
        self.ref = Ref(ref.entity, ref.id, in: .connection(connection.slug))
        self.connection = connection.slug
        self.fields = fields
        self.others = others
    }
}

/// A page of what was searched for.
package struct SearchReply: Sendable, Hashable {
    package let entity: StoredEntity
    /// The names of the fields in the order in which they are shown: those asked for, or all.
    package let columns: [String]
    /// The connections that were searched, by slug.
    package let connections: [String]
    package let records: [QueriedRecord]
    /// What to ask with for the next page; nil on the last one.
    package let next: String?
}

/// How many there are.
package struct CountReply: Sendable, Hashable {
    package let entity: StoredEntity
    /// The connections that were searched, by slug.
    package let connections: [String]
    /// How many in all.
    package let count: Int
    /// The name of the field whose values were counted apart; nil when none was.
    package let groupedBy: String?
    /// The groups, the largest first; empty without grouping.
    package let groups: [CountGroup]
    /// Whether there are more groups than were asked for.
    package let isCut: Bool
}

/// What is known of one address.
package enum RecordReply: Sendable, Hashable {
    /// The record, the first of its children by collection, and the records whose collections it is in.
    case present(QueriedRecord, entity: StoredEntity, children: [EdgeGroup], parents: [Ref])
    /// It was there and its provider does not have it any more; the record is what it was.
    case gone(QueriedRecord, entity: StoredEntity, since: Date)
}

/// What changed in one connection.
package struct ChangesReply: Sendable, Hashable {
    /// The connection's slug.
    package let connection: String
    /// The changes, the oldest first.
    package let changes: [QueriedChange]
    /// What to ask with for what comes later; there may be nothing yet.
    package let next: String
    /// Whether there was more than was asked for.
    package let hasMore: Bool
}

/// A record that changed, as it stands now.
package enum QueriedChange: Sendable, Hashable {
    /// It is new or has other values.
    case changed(QueriedRecord)
    /// It does not exist any more.
    case gone(Ref)
}

/// An entity, and how many records of it there are.
package struct SchemaReply: Sendable, Hashable {
    package let entity: StoredEntity
    /// How many records, by slug of the connections in question; those without any are left out.
    package let counts: [String: Int]
}
