internal import MaxCore
internal import MaxHub

/// What a question is about: an entity, and the connections whose records are meant.
struct Topic: Sendable {
    let vocabulary: Vocabulary
    let connections: [Connection]

    var entity: StoredEntity { vocabulary.entity }

    /// Finds the entity that a word means, whatever the case of its letters where that is clear.
    ///
    /// - Throws: ``MaxCore/MaxError`` with code `entity_unknown`.
    init(_ word: String, of scope: Scope, in catalog: [StoredEntity]) throws(MaxError) {
        let connectors = Set(scope.connections.map(\.connector))
        let reachable = catalog.filter { connectors.contains($0.connector) }
        guard let entity = reachable.named(word) else {
            throw Self.unknown(word, of: scope, reachable, elsewhere: catalog.named(word))
        }
        vocabulary = Vocabulary(entities: catalog.filter { $0.connector == entity.connector }, entity: entity)
        connections = scope.connections.filter { $0.connector == entity.connector }
    }

    private static func unknown(
        _ word: String, of scope: Scope, _ reachable: [StoredEntity], elsewhere: StoredEntity?
    ) -> MaxError {
        if let elsewhere {
            let sentence = "\(elsewhere.name) is collected by \(elsewhere.connector), not by what was asked."
            return MaxError(.entityUnknown, sentence, fix: "Ask \(elsewhere.connector) or all.")
        }
        guard !reachable.isEmpty else {
            let sentence = "Nothing has been collected from \(scope.one?.slug ?? "there") yet."
            return MaxError(.entityUnknown, sentence, fix: "Collect with max sync \(scope.one?.slug ?? "--all").")
        }
        let names = reachable.filter { !$0.fields.isEmpty }.map(\.name)
        return MaxError(
            .entityUnknown, "There is no entity named \(word.quoted).",
            fix: NearestNames.question(word, among: names) ?? "Choose one of: \(names.joined(separator: ", ")).")
    }
}

extension [StoredEntity] {
    /// The entity that a word names.
    func named(_ word: String) -> StoredEntity? {
        if let exact = first(where: { $0.name == word }) { return exact }
        let like = filter { $0.name.lowercased() == word.lowercased() }
        return like.count == 1 ? like[0] : nil
    }
}
