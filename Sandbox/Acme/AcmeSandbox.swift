package import SandboxKit

/// A provider by the name of Acme, as a real HTTP server on this machine.
///
///     try await AcmeSandbox.serve(AcmeSandboxOptions(seed: 7)) { acme in
///         … acme.url, acme.key, acme.key(.hang) …
///     }
package struct AcmeSandbox: SandboxService {
    private let options: AcmeSandboxOptions
    private let ledger: Ledger<TenantState>
    private let outbox = Outbox()

    /// Opens the world; nothing listens yet.
    package init(_ options: AcmeSandboxOptions = AcmeSandboxOptions()) throws(SandboxError) {
        guard (0...1).contains(options.flaky) else { throw .flakyOutOfRange(options.flaky) }
        self.options = options
        ledger = try Ledger(
            seed: options.seed, size: options.size, otherwise: .small, folder: options.dataFolder
        ) { seed, size in TenantState(World(seed: seed, size: size)) }
    }

    /// Serves until the task is cancelled, then returns with every connection closed.
    ///
    /// `onReady` is called once, when the server listens, and runs beside it. Throws ``SandboxError`` when the port
    /// cannot be had. The signals of the process are left to the caller.
    package func run(onReady: @escaping @Sendable (AcmeAddress) async -> Void) async throws {
        let router = AcmeRouter(options: options, ledger: ledger, outbox: outbox).router
        let outbox = outbox
        try await SandboxServer(router, name: "Acme", host: options.host, port: options.port).run(
            onListening: { await onReady(address($0)) }, beside: { await outbox.deliver() })
    }

    /// Serves for as long as the body runs.
    package static func serve<Value>(
        _ options: AcmeSandboxOptions = AcmeSandboxOptions(), _ body: (AcmeAddress) async throws -> Value
    ) async throws -> Value {
        try await AcmeSandbox(options).serve(body)
    }

    private func address(_ port: Int) -> AcmeAddress {
        AcmeAddress(
            host: options.host, port: port, key: ledger.world.firstKey(of: World.dana),
            secondKey: ledger.world.firstKey(of: World.erin))
    }
}
