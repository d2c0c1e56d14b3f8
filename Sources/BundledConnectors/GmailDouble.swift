internal import Foundation
internal import GmailSandbox
package import MaxConnector
internal import MaxCore
internal import SandboxKit

/// The Gmail sandbox, as the platform starts it.
package struct GmailDouble: ProviderSandbox {
    /// Creates it.
    package init() {}

    /// Serves while `body` runs.
    package func serve<Result: Sendable>(
        _ options: SandboxOptions, _ body: @Sendable (SandboxEndpoint) async throws -> Result
    ) async throws -> Result {
        do {
            return try await GmailSandbox.serve(options.gmail()) { address, _ in
                try await body(endpoint(at: address))
            }
        } catch let error as SandboxError {
            throw MaxError(error.isOption ? "options_invalid" : "sandbox_failed", error.description)
        }
    }

    private func endpoint(at address: GmailAddress) throws -> SandboxEndpoint {
        guard let url = URL(string: address.url), let page = URL(string: address.page) else {
            throw MaxError("sandbox_failed", "The Gmail sandbox has no usable address.")
        }
        return SandboxEndpoint(
            url: url, page: page,
            answers: [
                "address": .string(address.account.address), "host": .string(address.host),
                "port": .integer(Int64(address.port)), "security": "none",
            ], secrets: ["password": SecretValue(address.account.password)])
    }
}

extension SandboxOptions {
    fileprivate func gmail() throws -> GmailSandboxOptions {
        var gmail = GmailSandboxOptions(seed: seed ?? 1, port: port)
        if let size { gmail.messages = try GmailSandboxOptions.messages(size) }
        gmail.latency = latency ?? .zero
        return gmail
    }
}
