internal import MaxCore

extension ConnectorSchema {
    /// What is wrong with entities, fields and references, or keeps them from becoming tables and columns.
    func mistakes() -> [AuthorMistake] {
        entityTypes.repeated.map { AuthorMistake("two entities are named \($0)") }
            + Set(entityTypes).differingByCase.map { AuthorMistake("the entities \($0) differ by case only") }
            + entities.flatMap { $0.definition.mistakes() }
            + roots.filter { !contains($0) }.map {
                AuthorMistake("the root \($0.definition.name) is not among the schema's entities")
            }
            + (roots.isEmpty ? [AuthorMistake("the schema has no root")] : [])
            + relationships.filter { !entityTypes.contains($0.to) }.map {
                AuthorMistake("\($0.from).\($0.field) leads to \($0.to), which is not among the schema's entities")
            }
    }

    func contains(_ entity: any Entity.Type) -> Bool { entities.contains { $0 == entity } }
}

extension EntityDef {
    /// What is wrong with its name and its fields.
    fileprivate func mistakes() -> [AuthorMistake] {
        let names = fields.map(\.name)
        return
            (name.isWord(beginningWith: "A"..."Z")
            ? []
            : [
                AuthorMistake(
                    "\(name.quoted) cannot name an entity: it takes a capital, then up to 62 letters and digits")
            ])
            + names.repeated.map { AuthorMistake("\(name) has two fields named \($0)") }
            + Set(names).differingByCase.map { AuthorMistake("the fields \($0) of \(name) differ by case only") }
            + fields.compactMap { field in field.mistake.map { AuthorMistake("\(name)'s field \($0)") } }
            + formerNames.filter { names.contains($0) }.map { AuthorMistake("\(name).\($0) is also a former name") }
            + formerNames.repeated.map { AuthorMistake("\(name) has two fields that were formerly \($0)") }
    }

    private var formerNames: [String] {
        fields.flatMap { $0.traits.compactMap { if case .formerly(let name) = $0 { name } else { nil } } }.sorted()
    }
}

extension Field {
    /// Why its name cannot be a column's, as the end of a sentence.
    fileprivate var mistake: String? {
        let reserved = ["id", "rowid"] + (traits.isDisjoint(with: [.title, .text]) ? [] : ["rank"])
        if reserved.contains(name.lowercased()) { return "\(name.quoted) has a name that every record uses already" }
        return name.isWord(beginningWith: "a"..."z")
            ? nil : "\(name.quoted) is not named by a small letter, then up to 62 letters and digits"
    }
}

extension String {
    /// Whether it is one to 63 ASCII letters and digits, of which the first is one of those.
    fileprivate func isWord(beginningWith first: ClosedRange<Unicode.Scalar>) -> Bool {
        guard let initial = unicodeScalars.first, unicodeScalars.count <= 63 else { return false }
        return first.contains(initial)
            && unicodeScalars.allSatisfy {
                ("a"..."z").contains($0) || ("A"..."Z").contains($0) || ("0"..."9").contains($0)
            }
    }
}

extension Set<String> {
    /// The groups of elements that are one text but for the case of their letters, each as a list.
    fileprivate var differingByCase: [String] {
        Dictionary(grouping: self) { $0.lowercased() }.values.filter { $0.count > 1 }
            .map { $0.sorted().joined(separator: " and ") }.sorted()
    }
}

extension [String] {
    /// The elements that occur more than once, each once.
    var repeated: [String] {
        var (seen, told): (Set<String>, Set<String>) = ([], [])
        return filter { !seen.insert($0).inserted && told.insert($0).inserted }
    }
}
