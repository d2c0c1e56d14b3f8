/// A kind of thing that a connector collects, such as `AcmeTask`.
///
/// ```swift
/// enum AcmeTask: Entity {
///     static let definition = EntityDef("AcmeTask") {
///         Field.string("title", .title)
///         Field.ref("assignee", to: AcmeUser.self, .optional)
///     }
/// }
/// ```
public protocol Entity: Sendable {
    /// The name and the fields.
    static var definition: EntityDef { get }
}

/// The definition of an entity: its name and its fields, in the order people should see them.
public struct EntityDef: Sendable, CustomStringConvertible {
    /// The name, unique in its schema, in upper camel case.
    public let name: String
    /// The fields in their order.
    public let fields: [Field]

    /// Creates a definition from a list of fields.
    public init(_ name: String, @FieldListBuilder fields: () -> [Field]) {
        self.name = name
        self.fields = fields()
    }

    /// The field of that name.
    public func field(_ name: String) -> Field? { fields.first { $0.name == name } }

    /// The names of the fields that a record carries itself: all but the collections.
    public var plainFields: Set<String> {
        Set(fields.compactMap { if case .collection = $0.kind { nil } else { $0.name } })
    }

    /// The name and the number of fields, as in `EntityDef(AcmeTask, 4 fields)`.
    public var description: String { "EntityDef(\(name), \(fields.count) fields)" }
}

/// Collects the fields written in an entity's definition.
@resultBuilder
public enum FieldListBuilder {
    /// Collects the fields.
    public static func buildBlock(_ fields: Field...) -> [Field] { fields }
}
