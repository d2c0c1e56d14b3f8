import HTTPTypes
import Hummingbird
import SandboxKit

/// A refusal, in the shape every failed API call has: `{"error": {"id": …, "name": …, "detail": …}}`.
struct APIProblem: Error, Sendable {
    let id: String
    let name: String
    let detail: String
    var isSuccess = false
    /// The seconds after which to try again, where the answer says so.
    var retryAfter: Int?

    /// The answer; its status is the number before the point of the id.
    var response: Response {
        var json = JSONWriter(capacity: 128)
        json.object {
            $0.member("error") {
                $0.object {
                    $0.field("id", id)
                    $0.field("name", name)
                    $0.field("detail", detail)
                }
            }
        }
        let status = isSuccess ? 200 : Int(id.prefix(3)) ?? 500
        let headers: HTTPFields = retryAfter.map { [.retryAfter: "\($0)"] } ?? [:]
        return Response(status: .init(code: status), json: json, headers: headers)
    }

    static let unauthorized = APIProblem(id: "401", name: "unauthorized", detail: "Unauthorized")
    static let unauthorizedInAnAnswer = APIProblem(
        id: "401", name: "unauthorized", detail: "Unauthorized", isSuccess: true)
    static let subscriptionLapsed = APIProblem(
        id: "403.1", name: "subscription_lapsed", detail: "The subscription of this account has lapsed.")
    static let trialExpired = APIProblem(
        id: "403.2", name: "trial_expired", detail: "The trial of this account has expired.")
    static let unauthorizedScope = APIProblem(
        id: "403.3", name: "unauthorized_scope", detail: "The token does not permit this.")
    static let notFound = APIProblem(id: "404.1", name: "not_found", detail: "There is nothing at this address.")
    static let resourceNotFound = APIProblem(
        id: "404.2", name: "resource_not_found", detail: "What the address names does not exist.")
    static let tooManyRequests = APIProblem(
        id: "429", name: "too_many_requests", detail: "Too many requests. Try again later.")
    static let internalError = APIProblem(
        id: "500", name: "internal_server_error", detail: "Something went wrong on our side.")
    static let unavailable = APIProblem(
        id: "503", name: "service_unavailable", detail: "We are over capacity or under maintenance.")

    static let internalErrorInAnAnswer = APIProblem(
        id: "500", name: "internal_server_error", detail: "Something went wrong on our side.", isSuccess: true)

    /// The refusal of a request too many that says when to try again.
    static func waiting(_ status: String) -> APIProblem {
        APIProblem(id: status, name: "too_many_requests", detail: "Too many requests. Try again later.", retryAfter: 1)
    }

    static func badRequest(_ detail: String) -> APIProblem {
        APIProblem(id: "400", name: "bad_request", detail: detail)
    }
}
