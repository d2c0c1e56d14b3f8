/// One field of an entity: a plain value, a reference to another entity, or a collection of children.
public struct Field: Sendable, CustomStringConvertible {
    /// The name in lower camel case, unique in its entity.
    public let name: String
    /// What the field holds.
    public let kind: Kind
    /// What the platform may rely on.
    public let traits: Set<Trait>

    /// What a field holds.
    public enum Kind: Sendable {
        case string
        case integer
        case decimal
        case boolean
        case date
        case url
        case json
        /// One other entity.
        case ref(any Entity.Type)
        /// Children, stored as edges from this entity to each of them.
        case collection(any Entity.Type)
    }

    /// What the platform may rely on or should do for a field.
    public enum Trait: Sendable, Hashable {
        /// The entity's headline; found by full-text search.
        case title
        /// Long text; found by full-text search.
        case text
        /// Often filtered by; has an index.
        case indexed
        /// May be null.
        case optional
        /// The field's earlier name, so that a rename loses nothing.
        case formerly(String)
    }

    /// The entity a reference or a collection leads to.
    public var target: (any Entity.Type)? {
        switch kind {
        case .ref(let entity), .collection(let entity): entity
        case .string, .integer, .decimal, .boolean, .date, .url, .json: nil
        }
    }

    /// The name, as in `Field(title)`.
    public var description: String { "Field(\(name))" }
}

extension Field {
    /// Makes a text field.
    public static func string(_ name: String, _ traits: Trait...) -> Field { Field(name, .string, traits) }
    /// Makes a whole-number field of 64 bits.
    public static func integer(_ name: String, _ traits: Trait...) -> Field { Field(name, .integer, traits) }
    /// Makes a number field.
    public static func decimal(_ name: String, _ traits: Trait...) -> Field { Field(name, .decimal, traits) }
    /// Makes a truth-value field.
    public static func boolean(_ name: String, _ traits: Trait...) -> Field { Field(name, .boolean, traits) }
    /// Makes a field for a date or an instant, as RFC 3339 text.
    public static func date(_ name: String, _ traits: Trait...) -> Field { Field(name, .date, traits) }
    /// Makes a field for an address.
    public static func url(_ name: String, _ traits: Trait...) -> Field { Field(name, .url, traits) }
    /// Makes a field for nested data that is kept as it is.
    public static func json(_ name: String, _ traits: Trait...) -> Field { Field(name, .json, traits) }

    /// Makes a reference to one other entity.
    public static func ref(_ name: String, to entity: any Entity.Type, _ traits: Trait...) -> Field {
        Field(name, .ref(entity), traits)
    }

    /// Makes a collection of children.
    public static func collection(_ name: String, of entity: any Entity.Type, _ traits: Trait...) -> Field {
        Field(name, .collection(entity), traits)
    }

    private init(_ name: String, _ kind: Kind, _ traits: [Trait]) {
        self.name = name
        self.kind = kind
        self.traits = Set(traits)
    }
}
