/// Runs work, and gives it up when it takes longer than `patience`: then it is cancelled and `refusal` thrown.
func withDeadline<Result: Sendable>(
    _ patience: Duration, or refusal: any Error, _ work: @escaping @Sendable () async throws -> Result
) async throws -> Result {
    try await withThrowingTaskGroup(of: Result.self) { group in
        group.addTask { try await work() }
        group.addTask {
            try await Task.sleep(for: patience)
            throw refusal
        }
        defer { group.cancelAll() }
        guard let result = try await group.next() else { throw CancellationError() }
        return result
    }
}
