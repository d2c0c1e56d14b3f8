/// An entity whose records the store can hold: what a connector's schema has become on the disk.
package struct StoredEntity: Sendable, Hashable {
    /// The name, which is also the table's.
    package let name: String
    /// The connector whose schema it is from.
    package let connector: String
    /// The fields that a record carries itself, in their order.
    package let fields: [StoredField]
    /// The collection fields, which are edges.
    package let collections: [StoredCollection]

    package init(name: String, connector: String, fields: [StoredField], collections: [StoredCollection]) {
        self.name = name
        self.connector = connector
        self.fields = fields
        self.collections = collections
    }

    /// The field of that name.
    package func field(_ name: String) -> StoredField? { fields.first { $0.name == name } }
}

/// A field that a record carries itself; its name is also the column's.
package struct StoredField: Sendable, Hashable {
    package let name: String
    package let kind: Kind
    /// The entity's headline.
    package let isTitle: Bool
    /// Found by full-text search, as a title is too.
    package let isText: Bool
    package let isIndexed: Bool

    /// What it holds.
    package enum Kind: Sendable, Hashable {
        case string
        /// A whole number of 64 bits.
        case integer
        case decimal
        case boolean
        /// A date as `2026-01-05`, or an instant in UTC as `2026-01-05T09:00:00Z`, with as many fractional digits as came.
        case date
        case url
        /// Nested data.
        case json
        /// The id of a record of that entity.
        case ref(String)
    }

    package init(name: String, kind: Kind, isTitle: Bool = false, isText: Bool = false, isIndexed: Bool = false) {
        self.name = name
        self.kind = kind
        self.isTitle = isTitle
        self.isText = isText
        self.isIndexed = isIndexed
    }
}

/// A collection field.
package struct StoredCollection: Sendable, Hashable {
    package let name: String
    /// The entity of the children.
    package let children: String

    package init(name: String, children: String) {
        self.name = name
        self.children = children
    }
}
