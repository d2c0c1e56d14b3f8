import MaxConnector
import MaxCore

/// The exports of budgets during one collection: fetched once, however many lists are made of each.
actor ExportShelf {
    private let fetch: @Sendable (_ budget: String) async throws -> Export
    private var lists: [String: [Export.Part: [Record]]] = [:]
    private var waiting: [String: [CheckedContinuation<Void, any Error>]] = [:]

    /// Creates an empty shelf that gets what it lacks from `fetch`.
    init(fetch: @escaping @Sendable (_ budget: String) async throws -> Export) { self.fetch = fetch }

    /// Keeps an export until its lists were read.
    func put(_ export: Export, of budget: String) {
        lists[budget] = Dictionary(uniqueKeysWithValues: Export.Part.allCases.map { ($0, export.records(of: $0)) })
    }

    /// The records of a list in the order of their ids, all of one moment.
    func records(of part: Export.Part, of budget: String) async throws -> [Record] {
        if let records = lists[budget]?[part] { return records }
        try await fill(budget)
        return lists[budget]?[part] ?? []
    }

    /// Lets go of a list that was read to its end.
    func drop(_ part: Export.Part, of budget: String) { lists[budget]?[part] = nil }

    /// Fetches an export, or waits for whoever does.
    private func fill(_ budget: String) async throws {
        guard waiting[budget] == nil else {
            return try await withCheckedThrowingContinuation { waiting[budget]?.append($0) }
        }
        waiting[budget] = []
        let outcome: Result<Void, any Error>
        do {
            put(try await fetch(budget), of: budget)
            outcome = .success(())
        } catch {
            outcome = .failure(error)
        }
        for waiter in waiting.removeValue(forKey: budget) ?? [] { waiter.resume(with: outcome) }
        try outcome.get()
    }
}
