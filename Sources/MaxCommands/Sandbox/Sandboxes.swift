package import Foundation
package import MaxConnector
internal import MaxCore
internal import MaxHub
internal import Synchronization

/// The sandboxes of one command: each is started when it is first needed and ends with the command.
package actor Sandboxes: SandboxHost {
    private let registry: ConnectorRegistry
    private let folder: URL?
    private let orders: AsyncStream<Order>.Continuation
    private var running: [String: SandboxEndpoint] = [:]

    private struct Order: Sendable {
        let sandbox: any ProviderSandbox
        let options: SandboxOptions
        let started: @Sendable (Swift.Result<SandboxEndpoint, any Error>) -> Void
    }

    private init(_ registry: ConnectorRegistry, _ folder: URL?, _ orders: AsyncStream<Order>.Continuation) {
        self.registry = registry
        self.folder = folder
        self.orders = orders
    }

    /// Runs `work` with a host and ends every sandbox it started.
    package static func withHost<Result: Sendable>(
        _ registry: ConnectorRegistry, folder: URL?, _ work: @Sendable (Sandboxes) async throws -> Result
    ) async throws -> Result {
        let (stream, orders) = AsyncStream.makeStream(of: Order.self)
        let host = Sandboxes(registry, folder, orders)
        return try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { await serve(stream) }
            defer { group.cancelAll() }
            return try await work(host)
        }
    }

    /// The running sandbox of a connector, which keeps its data in the project.
    package func endpoint(of connector: String) async throws -> SandboxEndpoint {
        if let endpoint = running[connector] { return endpoint }
        guard let sandbox = registry.sandbox(of: connector) else {
            throw MaxError("sandbox_missing", "There is no sandbox for “\(connector)”.", fix: "Leave out --sandbox.")
        }
        if let folder { try Files.makePrivateFolder(folder) }
        let options = SandboxOptions(folder: folder?.appending(path: connector).path)
        let endpoint = try await withCheckedThrowingContinuation { continuation in
            orders.yield(Order(sandbox: sandbox, options: options) { continuation.resume(with: $0) })
        }
        running[connector] = endpoint
        return endpoint
    }

    private static func serve(_ orders: AsyncStream<Order>) async {
        await withDiscardingTaskGroup { group in
            for await order in orders { group.addTask { await serve(order) } }
        }
    }

    private static func serve(_ order: Order) async {
        let hasStarted = StartedOnce(order.started)
        do {
            try await order.sandbox.serve(order.options) { endpoint in
                hasStarted.tell(.success(endpoint))
                while !Task.isCancelled { try await Task.sleep(for: .seconds(3600)) }
            }
            hasStarted.tell(.failure(CancellationError()))
        } catch {
            hasStarted.tell(.failure(error))
        }
    }
}

/// Passes on the first of several outcomes.
private final class StartedOnce: Sendable {
    private let pending: Mutex<(@Sendable (Result<SandboxEndpoint, any Error>) -> Void)?>

    init(_ tell: @escaping @Sendable (Result<SandboxEndpoint, any Error>) -> Void) { pending = Mutex(tell) }

    func tell(_ outcome: Result<SandboxEndpoint, any Error>) {
        let tell = pending.withLock { pending in
            defer { pending = nil }
            return pending
        }
        tell?(outcome)
    }
}
