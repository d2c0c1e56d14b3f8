import Hummingbird

extension APIContext.Admission {
    var world: World { tenant.world }

    /// Finds a thing the key may see; whatever it may not see is not there for it.
    func find<Item: Entity>(_: Item.Type, _ id: String) throws(APIProblem) -> Item {
        try access.require(.reading(Item.kind))
        guard let item = tenant.find(Item.self, id), sees(item) else { throw .notFound(Item.kind, id) }
        return item
    }

    func sees(_ item: some Entity) -> Bool { access.workspaces(in: world).contains(item.workspace(in: tenant)) }

    /// Makes the ETag of something that last changed with a sequence number.
    func etag(_ revision: Int, _ variant: String = "") -> String { "\"\(world.tag)-\(revision)\(variant)\"" }
}

extension APIContext {
    /// Reads a path parameter that the route is known to have.
    func path(_ name: String) throws(APIProblem) -> String {
        guard let value = parameters.get(name) else { throw .unknownRoute }
        return value
    }
}
