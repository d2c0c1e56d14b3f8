import HTTPTypes
import Hummingbird
import SandboxKit

/// A refusal, in the shape every failed API call has: `{"error": {"code": …, "message": …}}`.
struct APIProblem: Error, Sendable {
    let status: HTTPResponse.Status
    let code: String
    let message: String
    var headers: HTTPFields = [:]

    var response: Response {
        var json = JSONWriter(capacity: 128)
        json.object {
            $0.member("error") {
                $0.object {
                    $0.field("code", code)
                    $0.field("message", message)
                }
            }
        }
        return Response(status: status, json: json, headers: headers)
    }

    static let unknownRoute = APIProblem(
        status: .notFound, code: "unknown_route", message: "There is nothing at this address.")
    static let internalError = APIProblem(
        status: .internalServerError, code: "internal_error", message: "Something went wrong on our side.")
    static let unavailable = APIProblem(
        status: .serviceUnavailable, code: "unavailable", message: "We are over capacity. Try again shortly.",
        headers: [.retryAfter: "1"])
    static let cursorExpired = APIProblem(
        status: .gone, code: "cursor_expired", message: "This cursor is no longer known. Start again without one.")
    static let invalidCursor = APIProblem(
        status: .badRequest, code: "invalid_cursor", message: "This cursor does not belong to this list.")

    static func unauthorized(_ code: String, _ message: String) -> APIProblem {
        APIProblem(
            status: .unauthorized, code: code, message: message,
            headers: [.wwwAuthenticate: "Bearer realm=\"acme\", error=\"\(code)\""])
    }

    static let keyMissing = unauthorized("missing_token", "Send your API key as “Authorization: Bearer acme_…”.")
    static let keyUnknown = unauthorized("invalid_token", "This API key is not valid.")
    static let keyRevoked = unauthorized("token_revoked", "This API key has been revoked.")

    /// The refusal of a key without a scope (RFC 6750, section 3.1).
    static func missing(_ scope: Scope) -> APIProblem {
        APIProblem(
            status: .forbidden, code: "missing_scope", message: "This API key lacks the scope \(scope.rawValue).",
            headers: [.wwwAuthenticate: "Bearer error=\"insufficient_scope\", scope=\"\(scope.rawValue)\""])
    }

    static func notFound(_ kind: EntityKind, _ id: some StringProtocol) -> APIProblem {
        APIProblem(status: .notFound, code: "not_found", message: "There is no \(kind.rawValue) \(id).")
    }

    /// The refusal of a request too many, with or without a word on when to come back.
    static func rateLimited(
        _ status: HTTPResponse.Status = .tooManyRequests, retryAfter seconds: Int?
    ) -> APIProblem {
        APIProblem(
            status: status, code: "rate_limited",
            message: "Too many requests. Try again \(seconds.map { "in \($0) s" } ?? "later").",
            headers: seconds.map { [.retryAfter: "\($0)"] } ?? [:])
    }

    static func malformed(_ message: String) -> APIProblem {
        APIProblem(status: .badRequest, code: "bad_request", message: message)
    }

    static func field(_ problem: FieldProblem) -> APIProblem {
        APIProblem(
            status: .unprocessableContent, code: "invalid_field", message: "\(problem.field) \(problem.reason).")
    }
}
