/// A problem as the API tells it (RFC 9457, media type `application/problem+json`).
package struct ProblemDetails: Codable, Sendable, Hashable {
    /// The media type of problems.
    package static let mediaType = "application/problem+json"

    /// Always `about:blank`: what tells problems apart is the code.
    package let type: String
    /// The name of the status.
    package let title: String
    package let status: Int
    /// What happened and why, for people.
    package let detail: String
    /// A stable name for programs.
    package let code: String
    /// What to do about it.
    package let fix: String?
    /// A page to open.
    package let url: String?
    /// `retryable`, `auth` or `permanent`.
    package let kind: String?
    /// The field or parameter it belongs to.
    package let field: String?
    /// The rung of the way to the provider on which it happened.
    package let rung: String?
    /// How long to wait before trying again, in seconds.
    package let retryAfter: Double?
    /// The id of the setup that stands in the way.
    package let setup: String?

    /// Puts a problem into the form of the standard.
    package init(_ problem: ProblemBody, status: Int, title: String) {
        type = "about:blank"
        self.title = title
        self.status = status
        (detail, code) = (problem.message, problem.code)
        (fix, url, kind, field) = (problem.fix, problem.url, problem.kind, problem.field)
        (rung, retryAfter, setup) = (problem.rung, problem.retryAfter, problem.setup)
    }

    /// The same in the form in which it comes from elsewhere.
    package var problem: ProblemBody { ProblemBody(self) }
}
