public import MaxCore

/// The immutable set of entities a connector collects, and where a collection begins.
public struct ConnectorSchema: Sendable, CustomStringConvertible {
    /// The prefix that keeps its entities apart from other connectors'.
    public let namespace: String
    /// Every entity, in the order people should see them.
    public let entities: [any Entity.Type]
    /// The entities from which everything else is reached.
    public let roots: [any Entity.Type]

    /// Creates a schema; what is wrong with it is told at registration.
    public init(namespace: String, entities: [any Entity.Type], roots: [any Entity.Type]) {
        self.namespace = namespace
        self.entities = entities
        self.roots = roots
    }

    /// The definition of the entity of that name.
    public func getDefinition(_ name: String) -> EntityDef? {
        entities.first { $0.definition.name == name }?.definition
    }

    /// The names of the entities, in their order.
    public var entityTypes: [String] { entities.map { $0.definition.name } }

    /// Every reference and collection, in the order of the entities.
    public var relationships: [Relationship] {
        entities.flatMap { entity in
            entity.definition.fields.compactMap { Relationship(of: entity.definition, through: $0) }
        }
    }

    /// The namespace and the number of entities, as in `ConnectorSchema(acme, 5 entities)`.
    public var description: String { "ConnectorSchema(\(namespace), \(entities.count) entities)" }
}

/// One way from an entity to another.
public struct Relationship: Sendable, Hashable {
    /// The entity the field belongs to.
    public let from: String
    /// The field's name.
    public let field: String
    /// The entity it leads to.
    public let to: String
    /// To how many.
    public let cardinality: Cardinality

    /// To how many records a relationship leads.
    public enum Cardinality: String, Sendable, Hashable, Codable {
        case one
        case many
    }

    init?(of entity: EntityDef, through field: Field) {
        guard let target = field.target else { return nil }
        from = entity.name
        self.field = field.name
        to = target.definition.name
        if case .collection = field.kind { cardinality = .many } else { cardinality = .one }
    }
}
