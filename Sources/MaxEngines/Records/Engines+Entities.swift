internal import MaxConnector
internal import MaxCore
package import MaxHub
internal import MaxQuery

extension Engines {
    /// An entity, and how many records of it each connection has.
    package typealias CountedEntity = (entity: StoredEntity, counts: [String: Int])

    /// The entities of that name, connection or connector, or all; those too of which nothing was collected yet.
    ///
    /// - Throws: ``MaxCore/MaxError`` with code `connection_not_found` when nothing has that name.
    package func entities(_ name: String? = nil) async throws -> [CountedEntity] {
        let stored = store == nil ? [] : try await query().schema()
        let planned = await plannedEntities().filter { plan in !stored.contains { $0.entity.name == plan.name } }
        let all: [CountedEntity] =
            (stored.map { ($0.entity, $0.counts) } + planned.map { ($0, [:]) }).filter { !$0.entity.fields.isEmpty }
        guard let name else { return all }
        for isMeant in [{ $0.name == name }, { $0.connector == name }] as [(StoredEntity) -> Bool] {
            let found = all.filter { isMeant($0.entity) }
            if !found.isEmpty { return found }
        }
        return try await query().schema(name).map { ($0.entity, $0.counts) }.filter { !$0.entity.fields.isEmpty }
    }

    /// What the connectors would collect.
    private func plannedEntities() async -> [StoredEntity] {
        var planned: [StoredEntity] = []
        for name in registry.names {
            guard let connector = try? await registry.connector(name) else { continue }
            planned += connector.schema.entities.map { StoredEntity($0.definition, of: name) }
        }
        return planned
    }
}
