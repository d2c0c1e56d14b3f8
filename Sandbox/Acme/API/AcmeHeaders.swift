import HTTPTypes
import SandboxKit

extension HTTPField.Name {
    static let rateLimitLimit = named("RateLimit-Limit")
    static let rateLimitRemaining = named("RateLimit-Remaining")
    static let rateLimitReset = named("RateLimit-Reset")
    static let tokenExpiresAt = named("X-Token-Expires-At")
    static let requestID = named("X-Request-Id")
}
