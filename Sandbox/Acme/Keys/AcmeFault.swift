/// A behaviour that a key forces by its suffix, as the test cards of payment sandboxes do.
package enum AcmeFault: String, Sendable, CaseIterable {
    case unauthorized = "401"
    case flapping = "401_flaps"
    case forbidden = "403_scope"
    case rateLimitedAsForbidden = "403_rate"
    case tooManyRequests = "429"
    case silentTooManyRequests = "429_silent"
    case serverError = "500"
    case errorWithSuccess = "200_error"
    case slow
    case hang
    case garbage
    case huge
    case html
    case revokedAfterFive = "revoked_after_5"
    case gzipBomb = "gzip_bomb"
    case endlessHeaders = "headers"
    case redirect
    case expiresSoon = "expires_soon"
    case tooManyRequestsOnce = "429_once"
    case usersForbidden = "users_403"
    case tasksForbidden = "tasks_403"
    case tasksMissing = "tasks_404"
    case tasksBroken = "tasks_500"
    case forgetful
    case empty
    case one
    case many

    /// Says what happens to a client that presents the key.
    package var explanation: String {
        switch self {
        case .unauthorized: "Every call is refused: 401 invalid_token."
        case .flapping: "Good, but the first call to each address is refused: 401 invalid_token."
        case .rateLimitedAsForbidden: "Every call is refused: 403 rate_limited, Retry-After: 1."
        case .silentTooManyRequests: "Every call is refused: 429 rate_limited, and nothing says when to return."
        case .errorWithSuccess: "200, but the body is the error internal_error."
        case .forbidden: "Every call is refused: 403 missing_scope."
        case .tooManyRequests: "Every call is refused: 429 rate_limited, Retry-After: 1."
        case .serverError: "Every call ends in 500 internal_error."
        case .slow: "Every answer is right and late."
        case .hang: "The request is taken and never answered."
        case .garbage: "200 and application/json, but the body is not JSON."
        case .huge: "200 and a JSON body that goes on for 10 GB."
        case .html: "200 and the sign-in page of a captive portal."
        case .revokedAfterFive: "Five good calls, then 401 token_revoked for ever."
        case .gzipBomb: "200 and a gzip body that grows 150-fold, to 10 GB, when unpacked."
        case .endlessHeaders: "200 and response headers that never end."
        case .redirect: "302 to another origin."
        case .expiresSoon: "Good; the key expires in three days."
        case .tooManyRequestsOnce: "Good, but for the sixth call: 429 rate_limited, Retry-After: 1."
        case .usersForbidden: "Good, but for lists of users: 403 missing_scope."
        case .tasksForbidden: "Good, but for the tasks of each workspace's first project: 403 missing_scope."
        case .tasksMissing: "Good, but for the tasks of each workspace's first project: 404 not_found."
        case .tasksBroken: "Good, but for the tasks of each workspace's first project: 500 internal_error."
        case .forgetful: "Good; change feeds know no cursor any more: 410 cursor_expired."
        case .empty: "Good; the person is in no workspace."
        case .one: "Good; the person is in exactly one workspace."
        case .many: "Good; the person is in 500 workspaces."
        }
    }
}
