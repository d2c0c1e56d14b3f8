package import MaxCore

/// The names by which people mean a connection.
package struct ConnectionNames: Sendable, Hashable {
    package let id: String
    package let slug: String
    package let label: String
    package let connector: String

    package init(id: String, slug: String, label: String, connector: String) {
        (self.id, self.slug, self.label, self.connector) = (id, slug, label, connector)
    }
}

extension Array where Element: Sendable {
    /// The one that people mean by a word: its slug, its id, its label, or its connector where that has only one.
    ///
    /// - Throws: ``MaxCore/MaxError`` with code `connection_not_found` or `connection_ambiguous`.
    package func named(_ word: String, _ names: (Element) -> ConnectionNames) throws(MaxError) -> Element {
        let all = map { (item: $0, names: names($0)) }
        let meanings: [(ConnectionNames) -> Bool] = [
            { $0.slug == word || $0.id == word }, { $0.label == word }, { $0.connector == word },
        ]
        for means in meanings {
            let found = all.filter { means($0.names) }
            if found.count == 1 { return found[0].item }
            guard found.isEmpty else {
                throw MaxError(
                    "connection_ambiguous", "\(word.quoted) could be any of \(found.count) connections.",
                    fix: "Choose one of: \(found.map(\.names.slug).joined(separator: ", ")).")
            }
        }
        throw MaxError(
            .connectionNotFound, "There is no connection named \(word.quoted).",
            fix: all.isEmpty
                ? "Make one with max connect." : "Choose one of: \(all.map(\.names.slug).joined(separator: ", ")).")
    }
}
