internal import AcmeSandbox
internal import Foundation
package import MaxConnector
internal import MaxCore
internal import SandboxKit

/// The Acme sandbox, as the platform starts it.
package struct AcmeDouble: ProviderSandbox {
    /// Creates it.
    package init() {}

    /// Serves while `body` runs.
    package func serve<Result: Sendable>(
        _ options: SandboxOptions, _ body: @Sendable (SandboxEndpoint) async throws -> Result
    ) async throws -> Result {
        do {
            return try await AcmeSandbox.serve(options.acme()) { address in try await body(endpoint(at: address)) }
        } catch let error as SandboxError {
            throw MaxError(error.isOption ? "options_invalid" : "sandbox_failed", error.description)
        }
    }

    private func endpoint(at address: AcmeAddress) throws -> SandboxEndpoint {
        guard let url = URL(string: address.url), let page = URL(string: address.settingsURL) else {
            throw MaxError("sandbox_failed", "The Acme sandbox has no usable address.")
        }
        return SandboxEndpoint(
            url: url, page: page, answers: ["baseURL": .string(address.url)],
            secrets: ["api_token": SecretValue(address.key)])
    }
}

extension SandboxOptions {
    fileprivate func acme() throws -> AcmeSandboxOptions {
        var acme = AcmeSandboxOptions(seed: seed, size: try size.map { try AcmeSize($0) }, port: port)
        acme.dataFolder = folder
        acme.latency = latency ?? .zero
        acme.flaky = flaky ?? 0
        return acme
    }
}
