internal import Foundation
package import MaxConnector
internal import MaxCore
internal import SandboxKit
internal import YNABSandbox

/// The YNAB sandbox, as the platform starts it.
package struct YNABDouble: ProviderSandbox {
    /// Creates it.
    package init() {}

    /// Serves while `body` runs.
    package func serve<Result: Sendable>(
        _ options: SandboxOptions, _ body: @Sendable (SandboxEndpoint) async throws -> Result
    ) async throws -> Result {
        do {
            return try await YNABSandbox.serve(options.ynab()) { address in try await body(endpoint(at: address)) }
        } catch let error as SandboxError {
            throw MaxError(error.isOption ? "options_invalid" : "sandbox_failed", error.description)
        }
    }

    private func endpoint(at address: YNABAddress) throws -> SandboxEndpoint {
        guard let url = URL(string: address.origin), let page = URL(string: address.settingsURL) else {
            throw MaxError("sandbox_failed", "The YNAB sandbox has no usable address.")
        }
        return SandboxEndpoint(
            url: url, page: page, answers: ["baseURL": .string(address.url)],
            secrets: ["access_token": SecretValue(address.token)])
    }
}

extension SandboxOptions {
    fileprivate func ynab() throws -> YNABSandboxOptions {
        var ynab = YNABSandboxOptions(seed: seed, size: try size.map { try YNABSize($0) }, port: port)
        ynab.dataFolder = folder
        ynab.latency = latency ?? .zero
        ynab.flaky = flaky ?? 0
        return ynab
    }
}
