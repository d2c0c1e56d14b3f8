internal import MaxCore

/// A limit on how long something may take altogether, however lively it is.
enum Patience {
    /// Runs `work` for no longer than `limit`, and cancels it then.
    ///
    /// - Throws: `problem` when the time is over first; what `work` throws.
    static func bound<Result: Sendable>(
        _ limit: Duration, otherwise problem: Problem, _ work: @escaping @Sendable () async throws -> Result
    ) async throws -> Result {
        try await withThrowingTaskGroup(of: Result.self) { group in
            defer { group.cancelAll() }
            group.addTask { try await work() }
            group.addTask {
                try await Task.sleep(for: limit)
                throw problem
            }
            guard let first = try await group.next() else { throw CancellationError() }
            return first
        }
    }
}
