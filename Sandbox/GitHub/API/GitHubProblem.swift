import HTTPTypes
import Hummingbird
import SandboxKit

/// A refusal in GitHub's shape: `{"message": …, "documentation_url": …, "status": "403"}`.
struct GitHubProblem: Error, Sendable {
    let status: HTTPResponse.Status
    let message: String
    var documentation = "https://docs.github.com/rest"
    var headers: HTTPFields = [:]

    var response: Response {
        var json = JSONWriter(capacity: 256)
        json.object {
            $0.field("message", message)
            $0.field("documentation_url", documentation)
            $0.field("status", "\(status.code)")
        }
        return Response(status: status, json: json, headers: headers)
    }

    static let badCredentials = GitHubProblem(status: .unauthorized, message: "Bad credentials")
    static let authenticationRequired = GitHubProblem(status: .unauthorized, message: "Requires authentication")
    static let notFound = GitHubProblem(status: .notFound, message: "Not Found")
    static let issuesDisabled = GitHubProblem(status: .gone, message: "Issues are disabled for this repo")
    static let serverError = GitHubProblem(status: .internalServerError, message: "Server Error")
    static let badGateway = GitHubProblem(status: .badGateway, message: "Server Error")
    static let notAccessible = GitHubProblem(
        status: .forbidden, message: "Resource not accessible by personal access token",
        headers: [.acceptedPermissions: "issues=read"])
    static let singleSignOn = GitHubProblem(
        status: .forbidden,
        message: "Resource protected by organization SAML enforcement. "
            + "You must grant your Personal Access token access to this organization.",
        headers: [.singleSignOn: "required; url=https://github.com/orgs/juniper-works/sso?authorization_request=AZSCKL"]
    )

    /// The refusal of a request too many, to be reset in a number of seconds.
    static func rateLimited(resetIn seconds: Int) -> GitHubProblem {
        let reset = Timestamp.now().seconds + seconds
        return GitHubProblem(
            status: .forbidden,
            message: "API rate limit exceeded for user ID 1000. If you reach out to GitHub Support for help, "
                + "please include the request ID.",
            documentation:
                "https://docs.github.com/rest/overview/rate-limits-for-the-rest-api#primary-rate-limit",
            headers: [.rateLimitRemaining: "0", .rateLimitReset: "\(reset)"])
    }

    /// The refusal of requests that come too thick; with or without a word on when to come back.
    static func secondaryLimit(_ status: HTTPResponse.Status, retryAfter seconds: Int?) -> GitHubProblem {
        GitHubProblem(
            status: status,
            message: "You have exceeded a secondary rate limit. Please wait a few minutes before you try again.",
            documentation:
                "https://docs.github.com/rest/overview/rate-limits-for-the-rest-api#about-secondary-rate-limits",
            headers: seconds.map { [.retryAfter: "\($0)"] } ?? [:])
    }

    /// The refusal of a value that does not fit.
    static func invalid(_ resource: String, _ field: String) -> GitHubProblem {
        GitHubProblem(status: .unprocessableContent, message: "Validation Failed: \(resource) \(field) is invalid")
    }
}

extension HTTPField.Name {
    static let rateLimitLimit = named("X-RateLimit-Limit")
    static let rateLimitRemaining = named("X-RateLimit-Remaining")
    static let rateLimitUsed = named("X-RateLimit-Used")
    static let rateLimitReset = named("X-RateLimit-Reset")
    static let rateLimitResource = named("X-RateLimit-Resource")
    static let requestID = named("X-GitHub-Request-Id")
    static let mediaType = named("X-GitHub-Media-Type")
    static let singleSignOn = named("X-GitHub-SSO")
    static let oauthScopes = named("X-OAuth-Scopes")
    static let acceptedScopes = named("X-Accepted-OAuth-Scopes")
    static let acceptedPermissions = named("X-Accepted-GitHub-Permissions")
    static let tokenExpiration = named("GitHub-Authentication-Token-Expiration")
    static let link = named("Link")
}
