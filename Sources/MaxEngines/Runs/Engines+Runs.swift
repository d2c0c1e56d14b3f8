package import MaxHub
internal import MaxSync

extension Engines {
    /// The run people mean: by its id, the beginning of that, or `last`.
    ///
    /// - Throws: ``MaxCore/MaxError`` with code `run_not_found` or `run_ambiguous`.
    package func run(named word: String) async throws -> Run {
        if word != "last", let run = try await requireStore().run(RunID(rawValue: word)) { return run }
        return try await sync().runs(limit: word == "last" ? 1 : 1000).run(named: word) { $0.id }
    }
}
