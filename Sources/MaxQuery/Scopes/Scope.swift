internal import MaxCore
internal import MaxHub

/// The connections that a question is about.
struct Scope: Sendable {
    let connections: [Connection]
    /// The one that was named; nil where a connector or everything was.
    let one: Connection?

    /// The connections that a text means: a connection's slug, id or label, a connector's name, or `all`.
    ///
    /// - Throws: ``MaxCore/MaxError`` with code `connection_not_found` or `connection_ambiguous`.
    init(_ text: String, among all: [Connection]) throws(MaxError) {
        if let one = try Self.connection(text, among: all) {
            (connections, self.one) = ([one], one)
            return
        }
        let word = text.lowercased()
        one = nil
        connections = word == "all" ? all : all.filter { $0.connector == word }
        guard connections.isEmpty else { return }
        throw all.isEmpty ? Self.nothingConnected : Self.unknown(text, among: all, more: all.map(\.connector) + ["all"])
    }

    /// The one connection that a text means.
    ///
    /// - Throws: ``MaxCore/MaxError`` with code `connection_not_found` or `connection_ambiguous`.
    static func one(_ text: String, among all: [Connection]) throws(MaxError) -> Connection {
        if let connection = try connection(text, among: all) { return connection }
        let ofConnector = all.filter { $0.connector == text.lowercased() }
        if ofConnector.count == 1 { return ofConnector[0] }
        if ofConnector.count > 1 { throw ambiguous(text, ofConnector) }
        throw all.isEmpty ? nothingConnected : unknown(text, among: all, more: [])
    }

    private static func connection(_ text: String, among all: [Connection]) throws(MaxError) -> Connection? {
        if let named = all.first(where: { $0.slug == text || $0.id.rawValue == text }) { return named }
        let labelled = all.filter { $0.label == text }
        guard labelled.count <= 1 else { throw ambiguous(text, labelled) }
        return labelled.first
    }

    private static func ambiguous(_ text: String, _ found: [Connection]) -> MaxError {
        MaxError(
            .connectionAmbiguous, "\(text.quoted) could be any of \(found.count) connections.",
            fix: "Choose one of: \(found.map(\.slug).joined(separator: ", ")).")
    }

    private static func unknown(_ text: String, among all: [Connection], more: [String]) -> MaxError {
        let names = all.map(\.slug) + more.filter { name in !all.contains { $0.slug == name } }
        let distinct = names.enumerated().filter { names.firstIndex(of: $1) == $0 }.map(\.element)
        return MaxError(
            .connectionNotFound, "There is no connection named \(text.quoted).",
            fix: NearestNames.question(text, among: distinct) ?? "Choose one of: \(distinct.joined(separator: ", ")).")
    }

    private static let nothingConnected = MaxError(
        .connectionNotFound, "Nothing is connected yet.", fix: "Make a connection with max connect.")
}
