internal import MaxCore
internal import MaxHub
internal import Synchronization

/// A store that ends with the process: the same rules as the durable one, and no disk.
package final class MemoryStore: Sendable {
    private let rows = Mutex(MemoryRows())
    private let claimed = Mutex<Set<String>>([])

    /// Creates an empty store.
    package init() {}

    func read<Result: Sendable>(_ work: (MemoryRows) throws -> Result) rethrows -> Result {
        try rows.withLock { try work($0) }
    }

    /// Changes the rows as a whole, or not at all when `work` throws.
    func write<Result: Sendable>(_ work: (inout MemoryRows) throws -> Result) throws -> Result {
        try rows.withLock { rows in
            var changed = rows
            let result = try work(&changed)
            rows = changed
            return result
        }
    }

    package func exclusively<Result: Sendable>(
        _ name: String, _ work: @Sendable () async throws -> Result
    ) async throws -> Result {
        var pause = LockPause()
        while !claimed.withLock({ $0.insert(name).inserted }) { try await Task.sleep(for: pause.next()) }
        defer { claimed.withLock { _ = $0.remove(name) } }
        return try await work()
    }
}
