internal import MaxCore
internal import MaxHub

/// What becomes of each record when its entity's shape changes.
struct RecordEvolution {
    private let old: StoredEntity
    private let shape: EntityShape
    /// The new names of fields that were renamed, by their old ones.
    private let names: [String: String]
    /// The new names of collections that were renamed, by their old ones.
    let collectionNames: [String: String]

    private var new: StoredEntity { shape.entity }

    init(from old: StoredEntity, to shape: EntityShape) {
        (self.old, self.shape) = (old, shape)
        names = shape.renames(from: old.fields.map(\.name), to: shape.entity.fields.map(\.name))
        collectionNames = shape.renames(
            from: old.collections.map(\.name), to: shape.entity.collections.map(\.name))
    }

    /// Whether a record can look otherwise than before.
    var changesRecords: Bool {
        let forms = { (entity: StoredEntity) in
            Dictionary(uniqueKeysWithValues: entity.fields.map { ($0.name, FieldForm($0.kind)) })
        }
        return forms(old) != forms(new)
    }

    /// Everything a record says, by the fields' new names.
    func evolved(_ content: RecordContent) -> [String: JSON] {
        var whole = content.others
        for field in old.fields {
            guard let value = content.fields[field.name] else { continue }
            let misfit = whole.removeValue(forKey: field.name)
            var name = names[field.name] ?? field.name
            // A value that came early under the new name is newer than the one under the old name.
            if whole[name] != nil { name = field.name }
            whole[name] = misfit ?? convert(value, of: field, to: new.field(name)?.kind)
        }
        adoptFormerNames(in: &whole)
        return whole
    }

    private func convert(_ value: JSON, of field: StoredField, to kind: StoredField.Kind?) -> JSON {
        guard let kind, FieldForm(kind) != FieldForm(field.kind) else { return value }
        return value.converted(to: kind)
    }

    /// Gives fields what was kept under a name that they had before.
    private func adoptFormerNames(in whole: inout [String: JSON]) {
        for field in new.fields where whole[field.name] == nil {
            let former = (shape.former[field.name] ?? []).first { whole[$0] != nil && new.field($0) == nil }
            if let former { whole[field.name] = whole.removeValue(forKey: former) }
        }
    }
}

extension EntityShape {
    /// The new names by the old ones, of what is there no more under its old name and was not there under its new one.
    fileprivate func renames(from old: [String], to new: [String]) -> [String: String] {
        var renames: [String: String] = [:]
        for name in new where !old.contains(name) {
            let source = (former[name] ?? []).first { old.contains($0) && !new.contains($0) && renames[$0] == nil }
            if let source { renames[source] = name }
        }
        return renames
    }
}

extension JSON {
    /// The value as one of another kind where that loses nothing, so that the way back leads to it again.
    fileprivate func converted(to kind: StoredField.Kind) -> JSON {
        switch kind {
        case .string, .url, .ref: string == nil && !isNull ? .string(JSONText.of(self)) : self
        case .integer, .decimal, .boolean: string.flatMap(JSON.init(scalar:)) ?? self
        case .date, .json: self
        }
    }

    /// What a word stands for, when it is how a number or a truth value is written.
    private init?(scalar word: String) {
        if let flag = Bool(word) {
            self = .bool(flag)
        } else if let whole = Int64(word) {
            self = .integer(whole)
        } else if let number = Double(word), number.isFinite {
            self = .number(number)
        } else {
            return nil
        }
        if JSONText.of(self) != word { return nil }
    }
}
