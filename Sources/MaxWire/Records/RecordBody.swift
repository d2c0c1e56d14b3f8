package import MaxCore

/// A record as it is sent.
package struct RecordBody: Sendable, Hashable {
    /// Its address across connections.
    package let ref: Ref
    /// The connection's short name.
    package let connection: String
    /// The fields by name; one that the provider never told is absent, one that it emptied is null.
    package let fields: [String: JSON]
    /// What came besides the fields of the schema.
    package let other: [String: JSON]

    package init(_ ref: Ref, of connection: String, fields: [String: JSON], other: [String: JSON] = [:]) {
        self.ref = ref
        self.connection = connection
        self.fields = fields
        self.other = other
    }

    /// The object that is sent; `other` is part of it only where there is something in it.
    package var json: JSON {
        var members: [String: JSON] = [
            "ref": .string(ref.description), "connection": .string(connection), "entity": .string(ref.entity),
            "id": .string(ref.id), "fields": .object(fields),
        ]
        if !other.isEmpty { members["other"] = .object(other) }
        return .object(members)
    }
}
