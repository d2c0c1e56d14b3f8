package import MaxHub

extension ConnectionRows {
    /// The connection people mean by a word: its slug, its id, its label, or its connector where that has only one.
    ///
    /// - Throws: ``MaxCore/MaxError`` with code `connection_not_found` or `connection_ambiguous`.
    package func connection(named word: String) async throws -> Connection {
        try await connections().named(word) {
            ConnectionNames(id: $0.id.rawValue, slug: $0.slug, label: $0.label, connector: $0.connector)
        }
    }
}
