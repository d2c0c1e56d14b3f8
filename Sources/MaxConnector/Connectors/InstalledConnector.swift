package import MaxCore

/// A connection's running connector with its types hidden: what the sync engine works with.
public struct InstalledConnector: Sendable {
    /// What is collected.
    package let plan: SyncPlan
    package let start: @Sendable () async throws -> Void
    package let stop: @Sendable () async -> Void
    let schema: ConnectorSchema
    private let collections: @Sendable (_ parent: String, _ field: String) -> CollectionWay?
    private let sources: @Sendable (_ loader: String) -> SourceWay?
    private let details: @Sendable (_ entity: String, _ without: Set<String>) -> [DetailWay]

    init<Config, Context>(_ installation: Installation<Context>, of def: ConnectorDef<Config, Context>) {
        let (context, resolvers) = (installation.context, def.resolvers)
        plan = def.seeder.plan(context)
        schema = def.schema
        start = { try await installation.start() }
        stop = { await installation.stop() }
        collections = { parent, field in
            resolvers.lazy.filter { $0.entity.definition.name == parent }
                .compactMap { $0.loader(for: field).flatMap { CollectionWay($0, context) } }.first
        }
        sources = { name in
            resolvers.lazy.flatMap(\.loaders).filter { $0.name == name }.compactMap { SourceWay($0, context) }.first
        }
        details = { entity, given in
            let own = resolvers.filter { $0.entity.definition.name == entity }
            return own.first.map { DetailWay.all(of: $0.entity, own, without: given, context) } ?? []
        }
    }

    /// The way to the children of a record.
    package func collection(_ field: String, of parent: String) -> CollectionWay? { collections(parent, field) }
    /// The feed that a loader of that name reads.
    package func source(_ loader: String) -> SourceWay? { sources(loader) }
    /// The ways to the fields of an entity that are not among those given.
    package func details(of entity: String, without given: Set<String>) -> [DetailWay] { details(entity, given) }
}

/// The way to the children of a record, a page at a time.
package struct CollectionWay: Sendable {
    /// The entity of the children.
    package let children: String
    /// The fields of theirs that it provides.
    package let fields: Set<String>
    package let page: @Sendable (_ parent: String, _ cursor: String?) async throws -> Page<Record>

    init?<Context>(_ loader: Loader<Context>, _ context: Context) {
        guard case .collection(_, let load) = loader.shape else { return nil }
        children = loader.entity.definition.name
        fields = loader.fields
        page = { try await load($0, $1, context) }
    }
}

/// The way to what changed below a record.
package struct SourceWay: Sendable {
    package let page: @Sendable (_ parent: String, _ cursor: String?) async throws -> SourcePage

    init?<Context>(_ loader: Loader<Context>, _ context: Context) {
        guard case .source(let load) = loader.shape else { return nil }
        page = { try await load($0, $1, context) }
    }
}

/// The way to fields of records whose ids are known.
package struct DetailWay: Sendable {
    /// The loader's name.
    package let name: String
    package let entity: String
    /// How many ids it takes at once.
    package let limit: Int
    package let load: @Sendable (_ ids: [String]) async throws -> Batch

    init?<Context>(_ loader: Loader<Context>, _ context: Context) {
        name = loader.name
        entity = loader.entity.definition.name
        switch loader.shape {
        case .entity(let one):
            limit = 1
            load = { ids in try await Batch(each: ids) { try await one($0, context) } }
        case .batch(let most, let many):
            limit = max(1, most)
            load = { try await many($0, context) }
        case .collection, .source: return nil
        }
    }

    /// The loaders that provide what is missing, each once, in the order of the fields.
    static func all<Context>(
        of entity: any Entity.Type, _ resolvers: [Resolver<Context>], without given: Set<String>, _ context: Context
    ) -> [DetailWay] {
        var ways: [DetailWay] = []
        for field in entity.definition.fields where !given.contains(field.name) {
            let way = resolvers.lazy.compactMap { $0.loader(for: field.name) }.compactMap { DetailWay($0, context) }
                .first
            if let way, !ways.contains(where: { $0.name == way.name }) { ways.append(way) }
        }
        return ways
    }
}

extension Batch {
    /// Reads one record after the other; one that fails does not lose its siblings.
    fileprivate init(each ids: [String], _ load: (String) async throws -> Record?) async throws {
        self.init(found: [])
        for id in ids {
            do {
                if let record = try await load(id) { found.append(record) } else { gone.append(id) }
            } catch let problem as Problem where problem.isAbsence {
                gone.append(id)
            } catch let problem as Problem where problem.kind == .permanent && ids.count > 1 {
                failed[id] = problem
            }
        }
    }
}
