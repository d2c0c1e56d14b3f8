internal import MaxConnector
internal import MaxCore
internal import MaxHub

/// The review of what a provider says of itself, before any of it is stored or shown.
struct FindingReview: Sendable {
    let provider: String
    /// The secrets of this setup, which nothing that is kept in the clear may repeat.
    let echo: SecretEcho

    /// The most bytes of an id, of an account or of an option.
    private static let longestID = 1024
    /// The most Unicode scalars of words for people.
    private static let longestLabel = 200
    /// The most options or permissions.
    private static let longestList = 10_000
    /// The fewest characters of a secret that no name may repeat: a short password may well be part of one.
    private static let shortestSecret = 12

    /// Lets an account pass, its words in a form that can be shown.
    ///
    /// - Throws: ``MaxCore/Problem`` for an account without a usable id, and for one that repeats a secret.
    func admit(_ identity: Identity) throws(Problem) -> Identity {
        guard !identity.id.isEmpty, isUsable(identity.id), identity.scopes.count <= Self.longestList else {
            throw notUnderstood
        }
        try refuseEcho(in: [identity.id, identity.label] + identity.scopes)
        var shown = identity
        shown.label = words(identity.label) ?? provider
        shown.scopes = identity.scopes.compactMap(words)
        return shown
    }

    /// Lets options pass, their words in a form that can be shown.
    ///
    /// - Throws: ``MaxCore/Problem`` for options that cannot be told apart or stored, and for one that repeats a secret.
    func admit(_ choices: [Choice]) throws(Problem) -> [Choice] {
        guard choices.count <= Self.longestList, choices.allSatisfy({ isUsable($0.value) }) else {
            throw notUnderstood
        }
        try refuseEcho(in: choices.flatMap { [$0.label, $0.value, $0.detail ?? ""] })
        return choices.map { choice in
            Choice(words(choice.label) ?? choice.value, value: choice.value, detail: choice.detail.flatMap(words))
        }
    }

    /// Lets additions to the config pass.
    ///
    /// - Throws: ``MaxCore/Problem`` for additions that repeat a secret.
    func admit(_ additions: [String: JSON]) throws(Problem) -> [String: JSON] {
        try refuseEcho(in: [JSON.object(additions).text])
        return additions
    }

    private func isUsable(_ id: String) -> Bool {
        id.utf8.count <= Self.longestID && !id.unicodeScalars.contains(where: \.isControl)
    }

    /// The text without control characters and no longer than a line; nil when nothing is left.
    private func words(_ text: String) -> String? {
        let visible = text.unicodeScalars.prefix(Self.longestLabel).map { $0.isControl ? " " : String($0) }.joined()
        let words = visible.split(separator: " ").joined(separator: " ")
        return words.isEmpty ? nil : words
    }

    private func refuseEcho(in texts: [String]) throws(Problem) {
        if echo.isHeard(in: texts, shortest: Self.shortestSecret) { throw echoed }
    }

    private var notUnderstood: Problem {
        Problem(
            "answer_not_understood", .permanent, "\(provider) answered with something that is no name or id.",
            rung: .answer, fix: .action("Check the address: it has to lead to \(provider) itself."))
    }

    private var echoed: Problem {
        Problem(
            "secret_repeated", .permanent,
            "\(provider) answered with the secret itself where a name belongs, so nothing of it was kept.",
            rung: .answer, fix: .action("Check the address: it has to lead to \(provider) itself."))
    }
}
