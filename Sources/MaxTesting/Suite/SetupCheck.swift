/// A promise of the setup half of the suite.
public enum SetupCheck: String, Sendable, Hashable, CaseIterable {
    case registration
    case activation
    case identity
    case wrongSecret
    case revokedSecret
    case missingScope
    case blankSecret
    case pastedLineBreak
    case otherKindOfSecret
    case sameAccountAgain
    case failedRotation
    case otherAccount
    case slowProvider
    case silentProvider
    case garbage
    case webPage
    case hugeAnswer
    case rateLimit
    case silentRateLimit
    case rateLimitAsForbidden
    case errorBody
    case serverFault
    case backAndForth
    case killAndResume
    case cancellation
    case expiry
    case canaries
}

extension SetupCheck: CustomStringConvertible {
    /// The promise as a sentence.
    public var description: String {
        switch self {
        case .registration: "It registers without mistakes"
        case .activation: "Right answers connect the account and write exactly what belongs to it"
        case .identity: "The same account has the same identity each time, and another account another"
        case .wrongSecret: "A wrong secret is refused in the provider's name, and the form is kept"
        case .revokedSecret: "A revoked secret is refused in the provider's name, and the form is kept"
        case .missingScope: "A secret that may not read what is collected is refused in the provider's name"
        case .blankSecret: "A blank secret is asked again, and nobody is called"
        case .pastedLineBreak: "A line break around a pasted secret is removed, and said"
        case .otherKindOfSecret: "A secret of the wrong kind is recognised before anybody is called"
        case .sameAccountAgain: "The same account again offers to update its connection and makes no twin"
        case .failedRotation: "A new secret takes the place of the working one only when it is proven"
        case .otherAccount: "Another account on reconnect is refused, with the offer to add it as new"
        case .slowProvider: "A slow provider is waited for"
        case .silentProvider: "A provider that never answers ends in something to try again"
        case .garbage: "An answer that is not what it says is a problem that ends nothing"
        case .webPage: "A web page instead of data is a problem that ends nothing"
        case .hugeAnswer: "An answer without end is a problem that ends nothing"
        case .rateLimit: "Too many requests are something to try again"
        case .silentRateLimit: "Too many requests are something to try again where nobody says when"
        case .rateLimitAsForbidden: "Too many requests are not taken for a missing permission"
        case .errorBody: "An error that comes as a success is a problem that ends nothing"
        case .serverFault: "A fault of the provider's own is something to try again"
        case .backAndForth: "Going back and forth keeps every answer"
        case .killAndResume: "Killed at any write, the setup goes on at the same question"
        case .cancellation: "A cancelled setup leaves nothing"
        case .expiry: "A setup left alone for an hour leaves nothing"
        case .canaries: "No secret shows anywhere but in the vault"
        }
    }
}
