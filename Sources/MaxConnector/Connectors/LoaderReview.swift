internal import MaxCore

extension ConnectorDef {
    /// What is wrong with loaders: a field nobody provides, or a loader that no collection can use.
    func resolverMistakes() -> [AuthorMistake] {
        schema.entities.flatMap { unprovided(of: $0) }
            + resolvers.filter { !schema.contains($0.entity) }.map {
                AuthorMistake("a resolver is for \($0.entity.definition.name), which is not in the schema")
            }
            + loaders.flatMap { $0.mistakes(in: schema) }
            + loaders.map(\.name).repeated.map { AuthorMistake("two loaders are named \($0)") }
    }

    private func unprovided(of entity: any Entity.Type) -> [AuthorMistake] {
        let own = resolvers.filter { $0.entity == entity }
        return entity.definition.fields
            .filter { field in !own.contains { $0.loader(for: field.name) != nil } }
            .map { AuthorMistake("no loader provides \(entity.definition.name).\($0.name)") }
    }

    /// The loaders of all sound resolvers, each once.
    private var loaders: [Loader<Context>] {
        resolvers.filter { schema.contains($0.entity) }.flatMap(\.loaders).reduce(into: []) { found, loader in
            if !found.contains(where: { $0.isSame(as: loader) }) { found.append(loader) }
        }
    }
}

extension Loader {
    /// Whether it is the same way to the same fields, as far as that can be told.
    fileprivate func isSame(as other: Loader) -> Bool {
        name == other.name && entity == other.entity && fields == other.fields && shape.isSame(as: other.shape)
    }

    /// What keeps it from being used.
    fileprivate func mistakes(in schema: ConnectorSchema) -> [AuthorMistake] {
        guard schema.contains(entity) else {
            return [AuthorMistake("the loader \(name) is for \(entity.definition.name), which is not in the schema")]
        }
        return (name.isEmpty ? [AuthorMistake("a loader of \(entity.definition.name) has no name")] : [])
            + fields.sorted().compactMap { mistake(in: $0) }.map { AuthorMistake("the loader \(name) provides \($0)") }
            + shapeMistakes(in: schema).map { AuthorMistake("the loader \(name) \($0)") }
    }

    private func mistake(in field: String) -> String? {
        let place = "\(entity.definition.name).\(field)"
        guard let field = entity.definition.field(field) else { return "\(place), which is not a field" }
        if case .collection = field.kind { return "\(place), which only a loader of shape collection can" }
        return nil
    }

    private func shapeMistakes(in schema: ConnectorSchema) -> [String] {
        switch shape {
        case .entity, .source: []
        case .batch(let limit, _): limit < 1 ? ["takes \(limit) records at once"] : []
        case .collection(let children, _): mistake(in: children, schema).map { [$0] } ?? []
        }
    }

    private func mistake(in children: Children, _ schema: ConnectorSchema) -> String? {
        let parent = children.parent.definition.name
        let place = "\(parent).\(children.field)"
        guard schema.contains(children.parent) else {
            return "pages through the children of \(parent), which is not in the schema"
        }
        guard case .collection(let target)? = children.parent.definition.field(children.field)?.kind else {
            return "pages through \(place), which is no collection"
        }
        return target == entity
            ? nil : "gives \(entity.definition.name) for \(place), whose children are \(target.definition.name)"
    }
}

extension Loader.Shape {
    fileprivate func isSame(as other: Loader.Shape) -> Bool {
        switch (self, other) {
        case (.entity, .entity), (.source, .source): true
        case (.batch(let one, _), .batch(let other, _)): one == other
        case (.collection(let one, _), .collection(let other, _)):
            one.parent == other.parent && one.field == other.field
        case (.entity, _), (.batch, _), (.collection, _), (.source, _): false
        }
    }
}
