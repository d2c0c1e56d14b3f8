/// A promise of the collection half of the suite.
public enum CollectionCheck: String, Sendable, Hashable, CaseIterable {
    case plan
    case firstSync
    case fields
    case nothingChanged
    case addition
    case edit
    case deletion
    case refusedCredential
    case revokedInTheMiddle
    case missingScope
    case passingRefusal
    case rateLimit
    case silentRateLimit
    case rateLimitAsForbidden
    case errorBody
    case serverFault
    case silentProvider
    case garbage
    case webPage
    case hugeAnswer
    case killAndResume
    case canaries
}

extension CollectionCheck: CustomStringConvertible {
    /// The promise as a sentence.
    public var description: String {
        switch self {
        case .plan: "The plan and the loaders fit together"
        case .firstSync: "The first sync collects records and is complete"
        case .fields: "Every field of every entity comes, as the kind it is declared as"
        case .nothingChanged: "A sync in which nothing changed changes nothing, and with a feed brings little"
        case .addition: "What was added at the provider comes with the next sync"
        case .edit: "What was edited at the provider comes with the next sync"
        case .deletion: "What was deleted at the provider is gone with the next sync"
        case .refusedCredential: "After a refused credential there is not one more call until the owner acts"
        case .revokedInTheMiddle: "A credential revoked in the middle ends the sync, and keeps what came"
        case .missingScope: "A credential that may not read what is collected ends the sync in the provider's name"
        case .passingRefusal: "A refusal that the next answer disproves ends nothing"
        case .rateLimit: "Too many requests are waited out"
        case .silentRateLimit:
            "Too many requests end the sync after a few tries where nobody says when to return, and the next one heals it"
        case .rateLimitAsForbidden: "Too many requests are not taken for a missing permission"
        case .errorBody: "An error that comes as a success is not stored, and not taken for nothing"
        case .serverFault:
            "A provider that fails all the time ends the sync after a few tries, and the next one heals it"
        case .silentProvider: "A provider that never answers ends the sync, and the next one heals it"
        case .garbage: "An answer that is not what it says is not stored"
        case .webPage: "A web page instead of data is not stored"
        case .hugeAnswer: "An answer without end is not stored"
        case .killAndResume: "Killed at any write, the next sync brings the same records"
        case .canaries: "No secret shows in what is collected and told"
        }
    }
}
