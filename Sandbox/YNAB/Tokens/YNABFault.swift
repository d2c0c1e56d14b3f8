/// A behaviour that a token forces by its ending, as the test cards of payment sandboxes do.
package enum YNABFault: String, Sendable, CaseIterable {
    case unauthorized = "401"
    case flapping = "401_flaps"
    case subscriptionLapsed = "403_lapsed"
    case trialExpired = "403_trial"
    case unauthorizedScope = "403_scope"
    case rateLimitedAsForbidden = "403_rate"
    case tooManyRequests = "429"
    case tooManyRequestsWithWait = "429_wait"
    case serverError = "500"
    case unavailable = "503"
    case errorWithSuccess = "200_error"
    case failureWithSuccess = "200_failure"
    case slow
    case hang
    case garbage
    case huge
    case html
    case gzipBomb = "gzip_bomb"
    case endlessHeaders = "headers"
    case redirect
    case revokedAfterThree = "revoked_3"
    case forgetful
    case empty
    case one

    /// Says what happens to a client that presents the token.
    package var explanation: String {
        switch self {
        case .unauthorized: "Every call is refused: 401 unauthorized."
        case .flapping: "Good, but the first call to each address is refused: 401 unauthorized."
        case .subscriptionLapsed: "Every call is refused: 403.1 subscription_lapsed."
        case .trialExpired: "Every call is refused: 403.2 trial_expired."
        case .unauthorizedScope: "Every call is refused: 403.3 unauthorized_scope."
        case .rateLimitedAsForbidden: "Every call is refused: 403, Retry-After: 1."
        case .tooManyRequestsWithWait: "Every call is refused: 429 too_many_requests, Retry-After: 1."
        case .tooManyRequests: "Every call is refused: 429 too_many_requests, without a word on when to try again."
        case .serverError: "Every call ends in 500 internal_server_error."
        case .unavailable: "Every call ends in 503 service_unavailable."
        case .errorWithSuccess: "200, but the body is the error of an unauthorized call."
        case .failureWithSuccess: "200, but the body is the error of a failed call."
        case .slow: "Every answer is right and late."
        case .hang: "The request is taken and never answered."
        case .garbage: "200 and application/json, but the body is not JSON."
        case .huge: "200 and a JSON body that goes on for 10 GB."
        case .html: "200 and the sign-in page of a captive portal."
        case .gzipBomb: "200 and a gzip body that grows 150-fold, to 10 GB, when unpacked."
        case .endlessHeaders: "200 and response headers that never end."
        case .redirect: "302 to another origin."
        case .revokedAfterThree: "Three good calls, then 401 unauthorized for ever."
        case .forgetful: "Good; a budget never knows more than at its beginning, as after it was restored."
        case .empty: "Good; the person has no budget."
        case .one: "Good; the person has exactly one budget."
        }
    }
}
