public import MaxCore

/// Which loader provides which field of one entity.
public struct Resolver<Context: Sendable>: Sendable {
    /// The entity.
    public let entity: any Entity.Type
    /// The loaders, the cheapest way to a field first.
    public let loaders: [Loader<Context>]

    /// Creates a resolver; of two loaders that provide one field the first is asked.
    public init(_ entity: any Entity.Type, _ loaders: Loader<Context>...) {
        self.entity = entity
        self.loaders = loaders
    }

    /// The loader that provides a field.
    ///
    /// A collection field is provided by the loader that pages through its children.
    public func loader(for field: String) -> Loader<Context>? {
        loaders.first { $0.provides(field, of: entity) }
    }
}

extension Loader {
    /// Whether it provides that field of that entity.
    func provides(_ field: String, of entity: any Entity.Type) -> Bool {
        if case .collection(let children, _) = shape, children.parent == entity, children.field == field { return true }
        return self.entity == entity && fields.contains(field)
    }
}
