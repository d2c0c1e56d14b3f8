internal import HTTPTypes
internal import MaxCore
internal import MaxWire

/// The description of the API (OpenAPI 3.1), made from the table that the router is made from.
enum Document {
    static let path = "/openapi.json"

    /// The document as it is sent.
    static let answer = Result { try Answer.value(json) }

    /// The whole document.
    static let json: JSON = [
        "openapi": "3.1.0",
        "info": [
            "title": "Max", "version": "1", "summary": "Your accounts, on your machine.",
            "description": .string(introduction),
        ],
        "servers": [["url": "/"]],
        "paths": .object(
            Dictionary(grouping: RouteTable.routes, by: \.path).mapValues { routes in
                .object(Dictionary(routes.map { ($0.method.rawValue.lowercased(), $0.document) }) { first, _ in first })
            }),
        "components": ["schemas": .object(shapes.mapValues(\.document)), "securitySchemes": securitySchemes],
    ]

    private static let introduction = """
        Refusals are problems of RFC 9457 with a stable `code`. Lists are pages of `items` and `next`. A parameter or \
        member that is not in this document is refused. Every GET has an `ETag`.
        """

    private static let shapes = RouteTable.routes.flatMap(\.schemas).reduce(into: [:]) { shapes, schema in
        shapes.merge(schema.shapes) { first, _ in first }
    }

    private static let securitySchemes: JSON = [
        "agent": [
            "type": "http", "scheme": "bearer",
            "description": "The token of an agent, from /v1/device/authorize and /v1/device/token.",
        ],
        "owner": [
            "type": "apiKey", "in": "cookie", "name": "max",
            "description": "The session of the owner's browser; over HTTPS and on a port, the name says so too.",
        ],
        "csrf": [
            "type": "apiKey", "in": "header", "name": "X-CSRF-Token",
            "description": "Of the owner's requests that change something: what the session's pages carry.",
        ],
    ]
}

extension Route {
    /// Every schema that is sent or answered.
    fileprivate var schemas: [Schema] {
        let sent: [Schema] =
            switch body {
            case .none: []
            case .json(let shape), .maybe(let shape), .form(let shape): [.shape(shape)]
            }
        let answered: [Schema] =
            switch answer {
            case .value(let schema, _): [schema]
            case .nothing: []
            case .events(let events): Array(events.values)
            }
        return sent + answered + [.shape(.problem)] + (isForm ? [.shape(.deviceError)] : [])
    }

    private var isForm: Bool { if case .form = body { true } else { false } }

    /// The route as OpenAPI writes an operation.
    fileprivate var document: JSON {
        var members: [String: JSON] = [
            "operationId": .string(name), "summary": .string(summary), "description": .string(admission.sentence),
            "tags": [.string(path.split(separator: "/").dropFirst().first.map(String.init) ?? "v1")],
            "parameters": .array(everyParameter.map(\.document)), "responses": .object(responses),
            "security": .array(proofs),
        ]
        members["requestBody"] = requestBody
        return .object(members)
    }

    /// What shows who asks: one of these.
    private var proofs: [JSON] {
        let owner: JSON = method == .get ? ["owner": []] : ["owner": [], "csrf": []]
        return switch admission {
        case .anyone: []
        case .owner: [owner]
        case .agent: [["agent": []]]
        case .known, .scope: [["agent": []], owner]
        }
    }

    private var requestBody: JSON? {
        let (shape, mediaType, isRequired): (Shape, String, Bool)
        switch body {
        case .none: return nil
        case .json(let sent): (shape, mediaType, isRequired) = (sent, "application/json", true)
        case .maybe(let sent): (shape, mediaType, isRequired) = (sent, "application/json", false)
        case .form(let sent): (shape, mediaType, isRequired) = (sent, "application/x-www-form-urlencoded", true)
        }
        return [
            "required": .bool(isRequired), "content": .object([mediaType: ["schema": Schema.shape(shape).document]]),
        ]
    }

    private var responses: [String: JSON] {
        var responses = ["4XX": refusal, "5XX": refusal]
        responses["\(answer.status.code)"] = success
        if method == .get, case .value = answer {
            responses["304"] = ["description": "It still is as If-None-Match says."]
        }
        return responses
    }

    private var success: JSON {
        switch answer {
        case .nothing: return ["description": "It was done."]
        case .value(let schema, _):
            return [
                "description": "What was asked for.", "content": ["application/json": ["schema": schema.document]],
            ]
        case .events(let events):
            let names = events.keys.sorted().joined(separator: ", ")
            return [
                "description": .string("Events (server-sent) named \(names), the data of which is JSON."),
                "content": [
                    "text/event-stream": [
                        "schema": ["type": "string"], "x-events": .object(events.mapValues(\.document)),
                    ]
                ],
            ]
        }
    }

    private var refusal: JSON {
        var content: [String: JSON] = [ProblemDetails.mediaType: ["schema": Schema.shape(.problem).document]]
        if isForm { content["application/json"] = ["schema": Schema.shape(.deviceError).document] }
        return ["description": "It was not done, and why.", "content": .object(content)]
    }
}
