package import HTTPTypes
package import MaxCore
package import MaxWire

/// An answer that says no, before a face has put it into its own form: a page, or a problem of RFC 9457.
///
/// A route throws it, or any error that ``init(_:)`` knows how to judge.
package struct Refusal: Error, Sendable {
    package let status: HTTPResponse.Status
    /// What happened and what to do about it.
    package let problem: ProblemBody
    /// Headers that the answer needs, such as `Retry-After`.
    package var headers: HTTPFields
    /// Whether the connection is closed with the answer, because what follows on it cannot be trusted or is not wanted.
    package var isLast = false

    /// Creates a refusal.
    package init(
        _ status: HTTPResponse.Status, _ code: MaxError.Code, _ message: String, fix: String? = nil,
        headers: HTTPFields = [:]
    ) {
        self.init(status, ProblemBody(MaxError(code, message, fix: fix)), headers: headers)
    }

    /// Creates a refusal with a problem as it is.
    package init(_ status: HTTPResponse.Status, _ problem: ProblemBody, headers: HTTPFields = [:]) {
        self.status = status
        self.problem = problem
        self.headers = headers
        guard let wait = problem.retryAfter else { return }
        self.headers[.retryAfter] = String(Int(wait.rounded(.up)))
    }
}
