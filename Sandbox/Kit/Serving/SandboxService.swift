/// A double that serves until its task is cancelled.
package protocol SandboxService: Sendable {
    associatedtype Address: Sendable

    /// Serves until the task is cancelled, then returns with every connection closed.
    ///
    /// `onReady` is called once, when the server listens, and runs beside it.
    ///
    /// - Throws: ``SandboxError`` when it cannot.
    func run(onReady: @escaping @Sendable (Address) async -> Void) async throws
}

extension SandboxService {
    /// Serves for as long as the body runs.
    package func serve<Value>(_ body: (Address) async throws -> Value) async throws -> Value {
        let (addresses, address) = AsyncThrowingStream.makeStream(of: Address.self)
        return try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask {
                do {
                    try await run { address.yield($0) }
                    address.finish()
                } catch {
                    address.finish(throwing: error)
                }
            }
            defer { group.cancelAll() }
            for try await ready in addresses { return try await body(ready) }
            throw CancellationError()
        }
    }
}
