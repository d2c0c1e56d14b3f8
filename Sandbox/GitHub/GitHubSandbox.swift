package import SandboxKit

/// A double of GitHub, as a real HTTP server on this machine.
///
///     try await GitHubSandbox.serve(GitHubSandboxOptions(seed: 7)) { github in
///         … github.url, github.token, github.token(.hang) …
///     }
package struct GitHubSandbox: SandboxService {
    private let options: GitHubSandboxOptions
    private let ledger: Ledger<GitHubState>

    /// Opens the world; nothing listens yet.
    package init(_ options: GitHubSandboxOptions = GitHubSandboxOptions()) throws(SandboxError) {
        guard (0...1).contains(options.flaky) else { throw .flakyOutOfRange(options.flaky) }
        self.options = options
        ledger = try Ledger(
            seed: options.seed, size: options.size, otherwise: .small, folder: options.dataFolder
        ) { seed, size in GitHubState(GitHubWorld(seed: seed, size: size)) }
    }

    /// Serves until the task is cancelled, then returns with every connection closed.
    ///
    /// `onReady` is called once, when the server listens, and runs beside it. Throws ``SandboxError`` when the port
    /// cannot be had. The signals of the process are left to the caller.
    package func run(onReady: @escaping @Sendable (GitHubAddress) async -> Void) async throws {
        let router = GitHubRouter(options: options, ledger: ledger).router
        try await SandboxServer(router, name: "GitHub.com", host: options.host, port: options.port).run(
            onListening: { await onReady(address($0)) })
    }

    /// Serves for as long as the body runs.
    package static func serve<Value>(
        _ options: GitHubSandboxOptions = GitHubSandboxOptions(), _ body: (GitHubAddress) async throws -> Value
    ) async throws -> Value {
        try await GitHubSandbox(options).serve(body)
    }

    private func address(_ port: Int) -> GitHubAddress {
        let seed = ledger.beginning.world.seed
        return GitHubAddress(
            host: options.host, port: port, token: GitHubToken.fineGrained(of: GitHubWorld.dana, seed: seed),
            classicToken: GitHubToken.classic(of: GitHubWorld.dana, seed: seed),
            secondToken: GitHubToken.fineGrained(of: GitHubWorld.erin, seed: seed))
    }
}
