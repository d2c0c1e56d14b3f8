import SandboxKit

/// A kind of thing a tenant holds: where it stands, how it begins and how the API shows it.
protocol Entity: Sendable, Hashable {
    static var kind: EntityKind { get }
    /// Where a tenant keeps those of this kind.
    static var shelf: WritableKeyPath<TenantState, Shelf<Self>> { get }

    /// Counts those a world begins with; their places are 0..<count.
    static func count(in world: World) -> Int
    /// Finds the places of one parent's children, as the world begins.
    static func places(under parent: Int, in world: World) -> Range<Int>
    /// Computes one of those a world begins with.
    init(_ index: Int, in world: World)

    /// Its place among its kind.
    var index: Int { get }
    /// The place of what it belongs to.
    var parent: Int { get }

    /// Finds the place of the workspace it is in, however deep.
    func workspace(in tenant: TenantState) -> Int

    /// Lists what the API shows, in order; the id comes first.
    func fields(in world: World) -> [JSONField]
}

extension Entity {
    func id(in world: World) -> String { world.ids.id(Self.kind, index) }
}

/// An entity that the API can create, change and delete.
protocol MutableEntity: Entity {
    /// Begins a new one with nothing but what it must have.
    init(new index: Int, under parent: Int, at moment: Timestamp)

    /// The fields a new one must be given.
    static var requiredFields: [String] { get }
    /// When anything in it was last changed.
    var updatedAt: Timestamp { get set }

    /// Sets one field from the API's value; refuses an unknown field and a value that does not fit.
    mutating func set(_ field: String, to value: JSONValue, in tenant: TenantState) throws(FieldProblem)
}

/// Why a field was not set, as the end of a sentence that begins with its name.
struct FieldProblem: Error, Equatable {
    let field: String
    let reason: String
}
