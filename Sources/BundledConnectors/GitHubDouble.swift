internal import Foundation
internal import GitHubSandbox
package import MaxConnector
internal import MaxCore
internal import SandboxKit

/// The GitHub sandbox, as the platform starts it.
package struct GitHubDouble: ProviderSandbox {
    /// Creates it.
    package init() {}

    /// Serves while `body` runs.
    package func serve<Result: Sendable>(
        _ options: SandboxOptions, _ body: @Sendable (SandboxEndpoint) async throws -> Result
    ) async throws -> Result {
        do {
            return try await GitHubSandbox.serve(options.github()) { address in try await body(endpoint(at: address)) }
        } catch let error as SandboxError {
            throw MaxError(error.isOption ? "options_invalid" : "sandbox_failed", error.description)
        }
    }

    private func endpoint(at address: GitHubAddress) throws -> SandboxEndpoint {
        guard let url = URL(string: address.url), let page = URL(string: address.settingsURL) else {
            throw MaxError("sandbox_failed", "The GitHub sandbox has no usable address.")
        }
        return SandboxEndpoint(
            url: url, page: page, answers: ["baseURL": .string(address.url)],
            secrets: ["token": SecretValue(address.token)])
    }
}

extension SandboxOptions {
    fileprivate func github() throws -> GitHubSandboxOptions {
        var github = GitHubSandboxOptions(seed: seed, size: try size.map { try GitHubSize($0) }, port: port)
        github.dataFolder = folder
        github.latency = latency ?? .zero
        github.flaky = flaky ?? 0
        return github
    }
}
