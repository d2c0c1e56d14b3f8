public import Foundation
public import MaxCore

/// A login in a real browser that runs on the server and is streamed to the owner.
public struct BrowserStep<Config: ConnectorConfig>: OnboardingStep {
    public let step: FlowStep

    /// Creates a login.
    ///
    /// - Parameters:
    ///   - start: The page to begin at.
    ///   - signedIn: Whether the page shows a signed-in account; the page's truth decides, never the owner's click.
    ///   - identity: Reads whose account it is.
    public init(
        _ title: String, when condition: StepCondition<Config>? = nil, start: URL,
        signedIn: @escaping @Sendable (any BrowserPage) async throws -> Bool,
        identity: @escaping @Sendable (any BrowserPage) async throws -> Identity
    ) {
        let login = BrowserLogin(start: start, signedIn: signedIn, identity: identity)
        step = FlowStep(title, when: condition, .browser(login))
    }
}

/// A page of the browser, as a connector sees it.
public protocol BrowserPage: Sendable {
    /// Where it is.
    func url() async throws -> URL
    /// The text of the first element that a CSS selector finds.
    func text(_ selector: String) async throws -> String?
    /// The value of a JavaScript expression.
    func evaluate(_ expression: String) async throws -> JSON
}

/// An enrolment of one of the owner's devices by a one-time code.
public struct DeviceStep<Config: ConnectorConfig>: OnboardingStep {
    public let step: FlowStep

    /// Creates an enrolment for the collector sources of that name.
    public init(_ title: String, source: String, when condition: StepCondition<Config>? = nil) {
        step = FlowStep(title, when: condition, .device(source: source))
    }
}

/// A consent page of the provider: OAuth 2 with PKCE (RFC 6749, RFC 7636).
public struct OAuthStep<Config: ConnectorConfig>: OnboardingStep {
    public let step: FlowStep

    /// Creates a consent.
    ///
    /// - Parameters:
    ///   - identity: Reads whose account the tokens open.
    public init(
        _ title: String, when condition: StepCondition<Config>? = nil, authorize: URL, token: URL, clientID: String,
        scopes: [String], identity: @escaping @Sendable (Draft<Config>, SetupContext) async throws -> Identity
    ) {
        let consent = ProviderConsent(authorize: authorize, token: token, clientID: clientID, scopes: scopes) {
            try await identity(Draft($0), $1)
        }
        step = FlowStep(title, when: condition, .consent(consent))
    }
}

/// A file that the owner exported at the provider.
public struct UploadStep<Config: ConnectorConfig>: OnboardingStep {
    public let step: FlowStep

    /// Creates an upload.
    ///
    /// - Parameters:
    ///   - accepts: File name endings without a dot.
    ///   - maximumBytes: The largest file to take.
    ///   - recognise: Reads whose export it is, or throws a ``MaxCore/Problem``.
    public init(
        _ title: String, accepts: [String], maximumBytes: Int, when condition: StepCondition<Config>? = nil,
        recognise: @escaping @Sendable (URL) async throws -> Identity
    ) {
        let upload = ExportUpload(accepts: accepts, maximumBytes: maximumBytes, recognise: recognise)
        step = FlowStep(title, when: condition, .upload(upload))
    }
}

package struct BrowserLogin: Sendable {
    package let start: URL
    package let signedIn: @Sendable (any BrowserPage) async throws -> Bool
    package let identity: @Sendable (any BrowserPage) async throws -> Identity
}

package struct ProviderConsent: Sendable {
    package let authorize: URL
    package let token: URL
    package let clientID: String
    package let scopes: [String]
    package let identity: @Sendable (DraftValues, SetupContext) async throws -> Identity
}

package struct ExportUpload: Sendable {
    package let accepts: [String]
    package let maximumBytes: Int
    package let recognise: @Sendable (URL) async throws -> Identity
}
