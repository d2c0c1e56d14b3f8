/// A behaviour that a token forces by the word it ends in.
package enum GitHubFault: String, Sendable, CaseIterable {
    case unauthorized = "401"
    case flaps
    case forbidden = "403"
    case singleSignOn = "sso"
    case rateLimited = "rate"
    case secondaryLimit = "secondary"
    case silentSecondaryLimit = "abuse"
    case tooManyRequests = "429"
    case silentTooManyRequests = "429silent"
    case serverError = "500"
    case errorBody = "errorbody"
    case slow
    case hang
    case garbage
    case html
    case huge
    case gzipBomb = "gzip"
    case endlessHeaders = "headers"
    case redirect
    case expiresSoon = "soon"
    case noScopes = "noscopes"
    case noStarring = "nostars"
    case issuesForbidden = "issues403"
    case issuesDisabled = "issues410"
    case empty

    /// Says what happens to a client that presents the token.
    package var explanation: String {
        switch self {
        case .unauthorized: "Every call is refused: 401 Bad credentials."
        case .flaps: "Good, but the first call to each address is refused: 401 Bad credentials."
        case .forbidden: "Every call is refused: 403 Resource not accessible by personal access token."
        case .singleSignOn: "Every call is refused: 403 with X-GitHub-SSO, the organisation wants its single sign-on."
        case .rateLimited: "Every call is refused: 403 API rate limit exceeded, to be reset in two seconds."
        case .secondaryLimit: "Every call is refused: 403 secondary rate limit, Retry-After: 1."
        case .silentSecondaryLimit: "Every call is refused: 403 secondary rate limit, and nothing says when to return."
        case .tooManyRequests: "Every call is refused: 429, Retry-After: 1."
        case .silentTooManyRequests: "Every call is refused: 429, and nothing says when to return."
        case .serverError: "Every call ends in 500."
        case .errorBody: "200, but the body is an error."
        case .slow: "Every answer is right and late."
        case .hang: "The request is taken and never answered."
        case .garbage: "200 and application/json, but the body is not JSON."
        case .html: "200 and the sign-in page of a captive portal."
        case .huge: "200 and a JSON body that goes on for 10 GB."
        case .gzipBomb: "200 and a gzip body that grows 150-fold, to 10 GB, when unpacked."
        case .endlessHeaders: "200 and response headers that never end."
        case .redirect: "302 to another origin."
        case .expiresSoon: "Good; the token expires in three days."
        case .noScopes: "Good for what is public: a classic token without any scope."
        case .noStarring: "Good, but for the permission Starring: of the stars those of public repositories are shown."
        case .issuesForbidden: "Good, but for the issues of the first repository: 403."
        case .issuesDisabled: "Good, but the first repository has its issues disabled: 410."
        case .empty: "Good; the account has nothing."
        }
    }
}
