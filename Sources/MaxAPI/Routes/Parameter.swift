internal import MaxCore

/// One thing a request says beside its body: a part of its path, of its query, or a header.
struct Parameter: Sendable {
    let name: String
    let place: Place
    let kind: Kind
    let summary: String
    /// What is meant when it is left out; nil when nothing is.
    var fallback: Int?
    var isRequired = false

    /// Where it is said.
    enum Place: String, Sendable, Hashable {
        case path
        case query
        case header
    }

    /// What can be said.
    enum Kind: Sendable {
        case text(atMost: Int)
        case integer(ClosedRange<Int>)
    }

    /// A part of the path.
    static func path(_ name: String, _ summary: String) -> Parameter {
        Parameter(name: name, place: .path, kind: .text(atMost: 512), summary: summary, isRequired: true)
    }

    /// A text in the query.
    static func query(
        _ name: String, _ summary: String, atMost most: Int = 8192, isRequired: Bool = false
    ) -> Parameter {
        Parameter(name: name, place: .query, kind: .text(atMost: most), summary: summary, isRequired: isRequired)
    }

    /// A whole number in the query.
    static func query(_ name: String, _ range: ClosedRange<Int>, else fallback: Int, _ summary: String) -> Parameter {
        Parameter(name: name, place: .query, kind: .integer(range), summary: summary, fallback: fallback)
    }

    static func header(_ name: String, _ summary: String) -> Parameter {
        Parameter(name: name, place: .header, kind: .text(atMost: 1024), summary: summary)
    }
}

extension Parameter {
    /// The first page has it left out; each page says it for the next.
    static let after = query("after", "The “next” of the page before.", atMost: 4096)
    static let limit = query("limit", 1...1000, else: 100, "How many at most.")
    static let idempotencyKey = header(
        "Idempotency-Key", "A word of your own for this request, 1 to 255 characters: sent again, it is not done twice."
    )
    static let ifNoneMatch = header("If-None-Match", "The “ETag” of an earlier answer: 304 when it still holds.")
    static let ifMatch = header("If-Match", "The “ETag” of the setup as it was seen: 412 when it has moved on.")
    static let lastEventID = header("Last-Event-ID", "The id of the last event that arrived.")

    /// The parameter as OpenAPI writes it.
    var document: JSON {
        var schema: [String: JSON] =
            switch kind {
            case .text(let most): ["type": "string", "minLength": place == .query ? 0 : 1, "maxLength": JSON(most)]
            case .integer(let range):
                ["type": "integer", "minimum": JSON(range.lowerBound), "maximum": JSON(range.upperBound)]
            }
        schema["default"] = fallback.map { JSON($0) }
        return [
            "name": .string(name), "in": .string(place.rawValue), "required": .bool(isRequired),
            "description": .string(summary), "schema": .object(schema),
        ]
    }
}
