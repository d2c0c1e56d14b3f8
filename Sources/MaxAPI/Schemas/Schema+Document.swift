internal import MaxCore

extension Schema {
    /// The schema as JSON Schema (draft 2020-12, which OpenAPI 3.1 takes as it is).
    var document: JSON {
        switch self {
        case .any: true
        case .text(let text): text.document
        case .integer(let range): .object(["type": "integer"].merging(Self.bounds(range)) { first, _ in first })
        case .number: ["type": "number"]
        case .boolean: ["type": "boolean"]
        case .list(let element, let most):
            .object(
                ["type": "array", "items": element.document].merging(most.map { ["maxItems": JSON($0)] } ?? [:]) {
                    first, _ in first
                })
        case .map(let value): ["type": "object", "additionalProperties": value.document]
        case .nullable(let schema): ["anyOf": [schema.document, ["type": "null"]]]
        case .shape(let shape): ["$ref": .string("#/components/schemas/\(shape.name)")]
        }
    }

    private static func bounds(_ range: ClosedRange<Int>?) -> [String: JSON] {
        guard let range else { return [:] }
        var bounds = ["minimum": JSON(range.lowerBound)]
        if range.upperBound != .max { bounds["maximum"] = JSON(range.upperBound) }
        return bounds
    }

    /// The shapes it is made of, by name, each once.
    var shapes: [String: Shape] {
        var found: [String: Shape] = [:]
        collect(into: &found)
        return found
    }

    private func collect(into found: inout [String: Shape]) {
        switch self {
        case .any, .text, .integer, .number, .boolean: break
        case .list(let part, _), .map(let part), .nullable(let part): part.collect(into: &found)
        case .shape(let shape):
            guard found.updateValue(shape, forKey: shape.name) == nil else { return }
            for member in shape.members { member.schema.collect(into: &found) }
        }
    }
}

extension Schema.Text {
    fileprivate var document: JSON {
        var members: [String: JSON] = ["type": "string"]
        members["enum"] = words.map { .array($0.map(JSON.string)) }
        members["format"] = format.map(JSON.string)
        members["maxLength"] = most.map { JSON($0) }
        return .object(members)
    }
}

extension Shape {
    /// The object as JSON Schema; it has no members but these.
    var document: JSON {
        let properties = members.map { member -> (String, JSON) in
            guard case .object(var schema) = member.schema.document else {
                return (member.name, ["description": .string(member.summary)])
            }
            schema["description"] = .string(member.summary)
            return (member.name, .object(schema))
        }
        return [
            "type": "object", "description": .string(summary),
            "properties": .object(Dictionary(properties) { first, _ in first }),
            "required": .array(members.filter(\.isRequired).map { .string($0.name) }), "additionalProperties": false,
        ]
    }
}
