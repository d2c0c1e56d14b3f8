internal import MaxCore

extension ConnectorDescriptor {
    /// What is wrong with names and words.
    func mistakes() -> [AuthorMistake] {
        var mistakes: [AuthorMistake] = []
        if (try? #/[a-z][a-z0-9-]{0,39}/#.wholeMatch(in: name)) == nil {
            mistakes.append(AuthorMistake("the name “\(name)” is not made of lower-case letters, digits and dashes"))
        }
        for (what, text) in [("a display name", displayName), ("a description", description), ("a version", version)]
        where text.allSatisfy(\.isWhitespace) {
            mistakes.append(AuthorMistake("it has no \(what.dropFirst(2))"))
        }
        if collects.isEmpty { mistakes.append(AuthorMistake("it does not say what it collects")) }
        if icon.utf8.count > 8 << 10 || icon.contains("<script") || icon.contains("href") {
            mistakes.append(AuthorMistake("its icon is over 8 KB, has a script or refers to something outside"))
        }
        return mistakes
    }
}

extension ConnectorSchema {
    /// What is wrong with entities, fields and references.
    func mistakes() -> [AuthorMistake] {
        entityTypes.repeated.map { AuthorMistake("two entities are named \($0)") }
            + entities.flatMap { entity in
                entity.definition.fields.map(\.name).repeated.map {
                    AuthorMistake("\(entity.definition.name) has two fields named \($0)")
                }
            }
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

extension ConnectorDef {
    /// What is wrong with loaders: a field nobody provides, or a field provided that does not exist.
    func resolverMistakes() -> [AuthorMistake] {
        schema.entities.flatMap { unprovided(of: $0) } + resolvers.flatMap { strangers(in: $0) }
    }

    private func unprovided(of entity: any Entity.Type) -> [AuthorMistake] {
        let own = resolvers.filter { $0.entity == entity }
        return entity.definition.fields
            .filter { field in !own.contains { $0.loader(for: field.name) != nil } }
            .map { AuthorMistake("no loader provides \(entity.definition.name).\($0.name)") }
    }

    private func strangers(in resolver: Resolver<Context>) -> [AuthorMistake] {
        guard schema.contains(resolver.entity) else {
            return [AuthorMistake("a resolver is for \(resolver.entity.definition.name), which is not in the schema")]
        }
        return resolver.loaders.flatMap { loader in
            loader.fields.filter { loader.entity.definition.field($0) == nil }.sorted().map {
                AuthorMistake(
                    "the loader \(loader.name) provides \(loader.entity.definition.name).\($0), "
                        + "which is not a field")
            }
        }
    }
}

extension FlowDefinition {
    /// What is wrong with the conversation.
    func mistakes(_ rehearsal: FlowRehearsal) -> [AuthorMistake] {
        rehearsal.names.repeated.map { AuthorMistake("two questions fill “\($0)”") }
            + rehearsal.readTooEarly.map {
                AuthorMistake("the step “\($0.step)” reads \($0.field), which no earlier step provides")
            }
            + (rehearsal.configLacks.map { [AuthorMistake("no step provides the config's \($0)")] } ?? [])
            + rehearsal.fields.filter { $0.pattern?.isSound == false }.map {
                AuthorMistake("the pattern of “\($0.label)” is not a regular expression")
            }
            + (steps.isEmpty ? [AuthorMistake("the onboarding has no step")] : [])
    }
}

extension [String] {
    /// The elements that occur more than once, each once.
    fileprivate var repeated: [String] {
        var seen: Set<String> = []
        return filter { !seen.insert($0).inserted }
    }
}
