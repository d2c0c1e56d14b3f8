package import MaxHub

/// An entity as it is sent: what is collected, and how many there are.
package struct EntityBody: Codable, Sendable, Hashable {
    package let name: String
    package let connector: String
    /// How many records there are of it.
    package let records: Int
    /// The same by connection.
    package let connections: [String: Int]
    package let fields: [EntityFieldBody]
    /// The collections of its records, each of which is a set of edges.
    package let collections: [CollectionBody]

    package init(_ entity: StoredEntity, counts: [String: Int]) {
        name = entity.name
        connector = entity.connector
        records = counts.values.reduce(0, +)
        connections = counts
        fields = entity.fields.map { EntityFieldBody($0) }
        collections = entity.collections.map { CollectionBody(name: $0.name, entity: $0.children) }
    }
}

/// A field of an entity.
package struct EntityFieldBody: Codable, Sendable, Hashable {
    package let name: String
    /// `string`, `integer`, `decimal`, `boolean`, `date`, `url`, `json` or `ref`.
    package let kind: String
    /// The entity that a ref leads to.
    package let to: String?
    /// Whether it is the entity's headline.
    package let title: Bool
    /// Whether `MATCHES` and `--match` look into it.
    package let searched: Bool
    /// Whether conditions on it are answered from an index.
    package let indexed: Bool

    init(_ field: StoredField) {
        name = field.name
        kind = field.kind.word
        to = if case .ref(let entity) = field.kind { entity } else { nil }
        title = field.isTitle
        searched = field.isTitle || field.isText
        indexed = field.isIndexed
    }
}

/// A collection field.
package struct CollectionBody: Codable, Sendable, Hashable {
    package let name: String
    /// The entity of the children.
    package let entity: String
}

extension StoredField.Kind {
    /// The word for this kind of field.
    package var word: String {
        switch self {
        case .string: "string"
        case .integer: "integer"
        case .decimal: "decimal"
        case .boolean: "boolean"
        case .date: "date"
        case .url: "url"
        case .json: "json"
        case .ref: "ref"
        }
    }
}
