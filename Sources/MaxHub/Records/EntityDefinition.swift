package import MaxCore

extension StoredEntity {
    /// What an entity's definition becomes in the store.
    package init(_ definition: EntityDef, of connector: String) {
        self.init(
            name: definition.name, connector: connector, fields: definition.fields.compactMap(StoredField.init),
            collections: definition.fields.compactMap(StoredCollection.init))
    }
}

extension StoredField {
    fileprivate init?(_ field: Field) {
        guard let kind = Kind(field.kind) else { return nil }
        self.init(
            name: field.name, kind: kind, isTitle: field.traits.contains(.title),
            isText: field.traits.contains(.text), isIndexed: field.traits.contains(.indexed))
    }
}

extension StoredField.Kind {
    fileprivate init?(_ kind: Field.Kind) {
        switch kind {
        case .string: self = .string
        case .integer: self = .integer
        case .decimal: self = .decimal
        case .boolean: self = .boolean
        case .date: self = .date
        case .url: self = .url
        case .json: self = .json
        case .ref(let entity): self = .ref(entity.definition.name)
        case .collection: return nil
        }
    }
}

extension StoredCollection {
    fileprivate init?(_ field: Field) {
        guard case .collection(let entity) = field.kind else { return nil }
        self.init(name: field.name, children: entity.definition.name)
    }
}
