public import Foundation
public import MaxCore

/// A double of a provider: a real HTTP server on this machine that anyone can try a connector with.
public protocol ProviderSandbox: Sendable {
    /// Serves while `body` runs.
    ///
    /// - Throws: What `body` throws, or ``MaxCore/MaxError`` when the double cannot start.
    func serve<Result: Sendable>(
        _ options: SandboxOptions, _ body: @Sendable (SandboxEndpoint) async throws -> Result
    ) async throws -> Result
}

/// How a sandbox is to behave; what is nil is the sandbox's own choice.
public struct SandboxOptions: Sendable, Hashable {
    /// The folder where it keeps its data; nil for memory only.
    public var folder: String?
    /// The port; 0 for any free one.
    public var port = 0
    /// Decides every generated name and number.
    public var seed: UInt64?
    /// How much there is in it, in the sandbox's own words.
    public var size: String?
    /// How long each answer is held back.
    public var latency: Duration?
    /// The share of requests that fail, from 0 to 1.
    public var flaky: Double?

    /// Creates options that leave everything to the sandbox.
    public init(folder: String? = nil) { self.folder = folder }
}

/// A running sandbox, and the answers that a setup with it needs.
public struct SandboxEndpoint: Sendable {
    /// Where it answers.
    public let url: URL
    /// A page for people.
    public let page: URL
    /// The config fields a setup with it fills in.
    public let answers: [String: JSON]
    /// The secrets a setup with it fills in.
    public let secrets: [String: SecretValue]

    /// Creates an endpoint.
    public init(url: URL, page: URL, answers: [String: JSON], secrets: [String: SecretValue]) {
        self.url = url
        self.page = page
        self.answers = answers
        self.secrets = secrets
    }
}
