public import Foundation
internal import MaxCore

/// The live check: asks the provider whose account the credential opens.
public struct ValidationStep<Config: ConnectorConfig>: OnboardingStep {
    public let step: FlowStep

    /// Creates a check that returns the identity or throws a ``MaxCore/Problem``.
    ///
    /// A problem without a field is shown at the question it concerns: a refused credential at its secret, an address
    /// that does not answer at the address.
    public init(
        _ title: String, when condition: StepCondition<Config>? = nil,
        check: @escaping @Sendable (Draft<Config>, SetupContext) async throws -> Identity
    ) {
        step = FlowStep(title, when: condition, .validation { try await check(Draft($0), $1) })
    }
}

/// Whose account a credential opens.
public struct Identity: Sendable, Hashable, Codable {
    /// The provider's stable account id: never a URL, an IP address or a device name; e-mail addresses are folded to
    /// lower case.
    public var id: String
    /// What the owner recognises the account by, such as its e-mail address.
    public var label: String
    /// The permissions the credential has, when the provider tells.
    public var scopes: [String]
    /// When the credential stops working, when the provider tells; nothing for a year that has more than four digits.
    public var expiresAt: Date?

    /// Creates an identity.
    public init(id: String, label: String, scopes: [String] = [], expiresAt: Date? = nil) {
        self.id = id.contains("@") ? id.lowercased() : id
        self.label = label
        self.scopes = scopes
        self.expiresAt = expiresAt.flatMap { Self.moments.contains($0) ? $0 : nil }
    }

    /// From the beginning of 1970 to the end of 9999.
    private static let moments = Date(timeIntervalSince1970: 0)..<Date(timeIntervalSince1970: 253_402_300_800)
}
