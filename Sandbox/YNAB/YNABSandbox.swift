package import SandboxKit

/// A provider that answers as YNAB does, as a real HTTP server on this machine.
///
///     try await YNABSandbox.serve(YNABSandboxOptions(seed: 7)) { ynab in
///         … ynab.url, ynab.token, ynab.token(.hang) …
///     }
package struct YNABSandbox: SandboxService {
    private let options: YNABSandboxOptions
    private let ledger: Ledger<YNABState>

    /// Opens the world; nothing listens yet.
    package init(_ options: YNABSandboxOptions = YNABSandboxOptions()) throws(SandboxError) {
        guard (0...1).contains(options.flaky) else { throw .flakyOutOfRange(options.flaky) }
        self.options = options
        ledger = try Ledger(
            seed: options.seed, size: options.size, otherwise: .small, folder: options.dataFolder
        ) { seed, size in YNABState(World(seed: seed, size: size)) }
    }

    /// Serves until the task is cancelled, then returns with every connection closed.
    ///
    /// `onReady` is called once, when the server listens, and runs beside it. Throws ``SandboxError`` when the port
    /// cannot be had. The signals of the process are left to the caller.
    package func run(onReady: @escaping @Sendable (YNABAddress) async -> Void) async throws {
        let router = YNABRouter(options: options, ledger: ledger).router
        try await SandboxServer(router, name: "YNAB", host: options.host, port: options.port)
            .run(onListening: { await onReady(address($0)) })
    }

    /// Serves for as long as the body runs.
    package static func serve<Value>(
        _ options: YNABSandboxOptions = YNABSandboxOptions(), _ body: (YNABAddress) async throws -> Value
    ) async throws -> Value {
        try await YNABSandbox(options).serve(body)
    }

    private func address(_ port: Int) -> YNABAddress {
        let people = ledger.beginning.people
        return YNABAddress(host: options.host, port: port, token: people[0].token, secondToken: people[1].token)
    }
}
