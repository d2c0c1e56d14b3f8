public import Foundation
public import MaxCore

/// What a running double of a provider takes for right and for wrong, as answers to the connector's questions.
///
/// The secrets are swept for wherever they must not be, so let them be unmistakable: 24 bytes and more of random text.
public struct ProviderScript: Sendable {
    /// The answers that every setup gives, by config field; a choice that is not among them takes the first option.
    public var answers: [String: JSON]
    /// The secrets of an account, by credential name.
    public var account: [String: String]
    /// The secrets of another account, by credential name, and the answers by config field in which it differs.
    public var another: [String: String]
    /// The answers that make the provider misbehave, by field; what is not named stays right.
    public var faults: [ProviderFault: [String: String]]
    /// The double's origin by host, for hosts that the connector calls whatever is answered.
    ///
    /// A connector whose address is a question, advanced or not, is led to the double by ``answers``.
    public var standIns: [String: URL] = [:]
    /// The hand that changes what the account holds; without one the checks of changes cannot be passed.
    public var changes: ProviderChanges?

    /// Creates a script.
    public init(
        answers: [String: JSON] = [:], account: [String: String], another: [String: String],
        faults: [ProviderFault: [String: String]], changes: ProviderChanges? = nil
    ) {
        self.answers = answers
        self.account = account
        self.another = another
        self.faults = faults
        self.changes = changes
    }

    /// The secrets of the other account.
    var otherSecrets: [String: String] { another.filter { account[$0.key] != nil } }

    /// Creates the script of a connector that asks for one secret.
    ///
    /// - Parameters:
    ///   - secret: The credential's name.
    ///   - faults: The secret that forces each fault.
    public init(
        answers: [String: JSON] = [:], secret: String, account: String, another: String,
        faults: [ProviderFault: String], changes: ProviderChanges? = nil
    ) {
        self.init(
            answers: answers, account: [secret: account], another: [secret: another],
            faults: faults.mapValues { [secret: $0] }, changes: changes)
    }
}

/// A way for a provider to misbehave.
public enum ProviderFault: String, Sendable, Hashable, CaseIterable {
    /// Refuses a secret that nobody holds.
    case wrongSecret = "wrong"
    /// Refuses a secret that was good once.
    case revoked
    /// Accepts the secret and permits nothing.
    case scopeMissing = "scope_missing"
    /// Says that there were too many requests.
    case rateLimited = "rate_limited"
    /// Says that there were too many requests, and not when to come back.
    case silentlyRateLimited = "rate_limited_silently"
    /// Says that there were too many requests, in the way in which others say that something is not permitted.
    case rateLimitedAsForbidden = "rate_limited_as_forbidden"
    /// Refuses a good secret the first time it asks for something, and takes it the next time.
    ///
    /// Where a witness confirms refusals it is spared: two refusals in a row are believed.
    case flapping
    /// Says that all is well, with an error for an answer, or with none.
    case errorBody = "error_body"
    /// Fails by itself, with a status from 500 on.
    case serverFault = "server_fault"
    /// Answers right and late; let it be well below ten seconds.
    case slow
    /// Takes the request and never answers.
    case hang
    /// Answers what is neither JSON nor anything else.
    case garbage
    /// Answers with a web page, as the portal of a hotel does.
    case html
    /// Answers without end.
    case huge
}
