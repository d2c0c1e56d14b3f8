internal import MaxCore
package import MaxHub

extension ConnectionRows {
    /// The connection people mean by a word: its slug, its id, its label, or its connector where that has only one.
    ///
    /// - Throws: ``MaxCore/MaxError`` with code `connection_not_found` or `connection_ambiguous`.
    package func connection(named word: String) async throws -> Connection {
        let all = try await connections()
        let meanings: [(Connection) -> Bool] = [
            { $0.slug == word || $0.id.rawValue == word }, { $0.label == word }, { $0.connector == word },
        ]
        for means in meanings {
            let found = all.filter(means)
            if found.count == 1 { return found[0] }
            if found.count > 1 { throw Self.ambiguous(word, found) }
        }
        throw MaxError(
            .connectionNotFound, "There is no connection named \(word.quoted).",
            fix: all.isEmpty
                ? "Make one with max connect." : "Choose one of: \(all.map(\.slug).joined(separator: ", ")).")
    }

    private static func ambiguous(_ word: String, _ found: [Connection]) -> MaxError {
        MaxError(
            "connection_ambiguous", "\(word.quoted) could be any of \(found.count) connections.",
            fix: "Choose one of: \(found.map(\.slug).joined(separator: ", ")).")
    }
}
