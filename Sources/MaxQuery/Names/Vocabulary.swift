internal import MaxCore
internal import MaxHub

/// The names that a question may use.
struct Vocabulary: Sendable {
    /// Every entity that can be reached.
    let entities: [StoredEntity]
    /// The entity that is asked for.
    let entity: StoredEntity

    /// How many refs a path may step over.
    static let mostSteps = 4

    /// The field that a path leads to.
    func field(at path: PathSyntax) throws(TextFault) -> FieldPath {
        guard path.names.count <= Self.mostSteps + 1 else {
            throw TextFault("A path goes over \(Self.mostSteps) refs at most", at: path.names[Self.mostSteps + 1].place)
        }
        var (place, steps) = (entity, [FieldPath.Step]())
        for name in path.names.dropLast() {
            let step = try self.step(name, from: place)
            steps.append(FieldPath.Step(field: step.field, entity: step.target.name))
            place = step.target
        }
        let (name, kind) = try place.value(named: path.names[path.names.count - 1])
        return FieldPath(steps: steps, field: name, kind: kind)
    }

    /// The field of that path's end, which has more to tell than its kind; nil for `id`.
    func definition(of path: FieldPath) -> StoredField? { home(of: path).field(path.field) }

    /// The entity at a path's end.
    func home(of path: FieldPath) -> StoredEntity {
        path.steps.last.flatMap { step in entities.first { $0.name == step.entity } } ?? entity
    }

    private func step(
        _ name: PathSyntax.Name, from place: StoredEntity
    ) throws(TextFault) -> (field: String, target: StoredEntity) {
        let (field, kind) = try place.value(named: name)
        guard case .ref(let target) = kind else {
            throw TextFault("\(field.quoted) leads to no other record, so nothing can follow it", at: name.place)
        }
        guard let target = entities.first(where: { $0.name == target }) else {
            throw TextFault("Nothing is known of \(target), to which \(field.quoted) leads", at: name.place)
        }
        return (field, target)
    }
}

extension StoredEntity {
    /// The name and kind of the value that a word means, whatever the case of its letters where that is clear.
    fileprivate func value(named name: PathSyntax.Name) throws(TextFault) -> (String, StoredField.Kind) {
        let values = fields.map { ($0.name, $0.kind) } + [("id", .string)]
        if let exact = values.first(where: { $0.0 == name.text }) { return exact }
        let like = values.filter { $0.0.lowercased() == name.text.lowercased() }
        if like.count == 1 { return like[0] }
        if let collection = collections.first(where: { $0.name == name.text }) {
            throw TextFault(
                "\(collection.name.quoted) is a collection of \(collection.children), not one value", at: name.place)
        }
        let known = values.map(\.0)
        throw TextFault(
            "I don't know the field \(name.text.quoted) of \(self.name)", at: name.place,
            hint: NearestNames.question(name.text, among: known) ?? "It has \(known.joined(separator: ", ")).")
    }
}
