package import MaxCore

extension Array where Element: Sendable {
    /// The run that people mean: by its id, the beginning of that, or `last`, where these are the runs, the newest first.
    ///
    /// - Throws: ``MaxCore/MaxError`` with code `run_not_found` or `run_ambiguous`.
    package func run(named word: String, _ id: (Element) -> RunID) throws(MaxError) -> Element {
        let found = word == "last" ? Array(prefix(1)) : filter { id($0).begins(with: word) }
        guard let run = found.first else {
            throw MaxError(
                .runNotFound, word == "last" ? "There was no sync yet." : "There is no sync \(word.quoted).",
                fix: "See max runs.")
        }
        guard found.count == 1 else {
            throw MaxError(
                "run_ambiguous", "\(found.count) syncs begin with \(word.quoted).",
                fix: "Give more of it; see max runs.")
        }
        return run
    }
}

extension RunID {
    /// Whether a person may mean it by these letters, which begin it with or without its `run_`.
    fileprivate func begins(with word: String) -> Bool {
        [rawValue, String(rawValue.dropFirst(4))].contains { $0.hasPrefix(word) }
    }
}
