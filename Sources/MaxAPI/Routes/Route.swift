internal import HTTPTypes

/// One thing that can be asked of the API, whole: the router and the document are both made from it.
struct Route: Sendable {
    let method: HTTPRequest.Method
    /// The path with its parameters in braces, as in `/v1/runs/{run}`.
    let path: String
    /// What it is called in the document, such as `listRuns`.
    let name: String
    let summary: String
    let admission: Admission
    var parameters: [Parameter] = []
    var body: RequestBody = .none
    let answer: AnswerShape
    /// Whether what is done is worth nothing, and ended, once the client has left.
    var endsWithClient = false
    let handler: Handler

    /// Does what was asked.
    typealias Handler = @Sendable (Call) async throws -> Answer

    /// What is sent with a request.
    enum RequestBody: Sendable {
        case none
        case json(Shape)
        /// JSON, or nothing at all.
        case maybe(Shape)
        /// A form (`application/x-www-form-urlencoded`), of which other fields than these are ignored (RFC 6749, 3.1).
        case form(Shape)
    }

    /// Every parameter: those of its own, and those that follow from its method.
    var everyParameter: [Parameter] {
        if isRepeatable { return parameters + [.idempotencyKey] }
        if case .value = answer, method == .get { return parameters + [.ifNoneMatch] }
        return parameters
    }

    /// Whether an `Idempotency-Key` says that a request is the same as an earlier one.
    var isRepeatable: Bool { method == .post && admission != .anyone }
}

/// What a route answers when it does what was asked.
enum AnswerShape: Sendable {
    /// A value.
    case value(Schema, status: HTTPResponse.Status = .ok)
    /// Nothing but that it was done.
    case nothing
    /// A stream of events, each of which has a value of these for data.
    case events([String: Schema])

    var status: HTTPResponse.Status {
        switch self {
        case .value(_, let status): status
        case .nothing: .noContent
        case .events: .ok
        }
    }
}
