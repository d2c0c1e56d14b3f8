internal import MaxCore
internal import MaxHub

/// An entity as it should be, and the names that its fields had.
struct EntityShape {
    let entity: StoredEntity
    /// The earlier names of fields, by name.
    let former: [String: [String]]
}

extension EntityShape {
    init(_ definition: EntityDef, of connector: String) {
        let former = definition.fields.map { ($0.name, $0.formerNames) }
        self.init(
            entity: StoredEntity(definition, of: connector), former: Dictionary(former) { first, _ in first })
    }
}

extension Field {
    /// The names it had.
    fileprivate var formerNames: [String] {
        traits.compactMap { if case .formerly(let name) = $0 { name } else { nil } }.sorted()
    }
}
