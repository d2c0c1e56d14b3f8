package import Foundation
package import MaxCore

/// A record as it is stored.
package struct StoredRecord: Sendable, Hashable {
    package let connection: ConnectionID
    /// The address inside its connection.
    package let ref: Ref
    /// The fields that were asked for, by name.
    ///
    /// One the provider never told is absent, one it emptied is null.
    package let fields: [String: JSON]
    /// What came besides the fields of the schema; empty unless everything was asked for.
    package let others: [String: JSON]

    package init(connection: ConnectionID, ref: Ref, fields: [String: JSON], others: [String: JSON] = [:]) {
        self.connection = connection
        self.ref = ref
        self.fields = fields
        self.others = others
    }
}

/// A page of records.
package struct RecordPage: Sendable, Hashable {
    package let records: [StoredRecord]
    /// Where the next page starts; nil on the last one.
    package let next: String?

    package init(records: [StoredRecord], next: String?) {
        self.records = records
        self.next = next
    }
}

/// What is known of one address.
package enum FoundRecord: Sendable, Hashable {
    /// The record, and its edges: the first ids by collection, and the records whose collections it is in.
    case present(StoredRecord, children: [EdgeGroup], parents: [Ref])
    /// It does not exist any more at the provider; `last` is what it was.
    case gone(since: Date, last: [String: JSON])
}

/// The children of a record in one collection.
package struct EdgeGroup: Sendable, Hashable {
    package let field: String
    package let entity: String
    /// How many there are.
    package let count: Int
    /// The first of them.
    package let first: [String]

    package init(field: String, entity: String, count: Int, first: [String]) {
        self.field = field
        self.entity = entity
        self.count = count
        self.first = first
    }
}

/// One group of a count.
package struct CountGroup: Sendable, Hashable {
    /// The value they share; nil without grouping.
    package let value: JSON?
    package let count: Int

    package init(value: JSON?, count: Int) {
        self.value = value
        self.count = count
    }
}

/// A change of one record, as it stands now: of several changes only the last is told.
package struct RecordChange: Sendable, Hashable {
    /// The place in the order of all changes.
    package let sequence: Int64
    package let ref: Ref
    /// The record as it is; nil when it is gone.
    package let record: StoredRecord?

    package init(sequence: Int64, ref: Ref, record: StoredRecord?) {
        self.sequence = sequence
        self.ref = ref
        self.record = record
    }
}

/// How many records of an entity a connection has.
package struct RecordTally: Sendable, Hashable {
    package let connection: ConnectionID
    package let entity: String
    package let count: Int

    package init(connection: ConnectionID, entity: String, count: Int) {
        self.connection = connection
        self.entity = entity
        self.count = count
    }
}
