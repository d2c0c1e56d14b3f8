internal import MaxCore
package import MaxHub
internal import MaxSync

extension Engines {
    /// The run people mean: by its id, the beginning of that, or `last`.
    ///
    /// - Throws: ``MaxCore/MaxError`` with code `run_not_found` or `run_ambiguous`.
    package func run(named word: String) async throws -> Run {
        let sync = try sync()
        if word != "last", let run = try await requireStore().run(RunID(rawValue: word)) { return run }
        let recent = try await sync.runs(limit: word == "last" ? 1 : 1000)
        let found = recent.filter { run in
            word == "last" || [run.id.rawValue, String(run.id.rawValue.dropFirst(4))].contains { $0.hasPrefix(word) }
        }
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
