internal import Foundation
package import MaxConnector
package import MaxCore
package import MaxHub

/// A question as it is sent.
///
/// A secret's value is never part of it.
package struct FieldBody: Codable, Sendable, Hashable {
    package let name: String
    package let label: String
    /// The kind of answer, such as `url` or `secret`.
    package let type: String
    package let required: Bool
    package var help: String?
    package var link: String?
    package var example: String?
    package var pattern: String?
    /// The answer that is taken when none is given.
    package var `default`: JSON?
    package var autocomplete: String?
    /// Whether it is asked only of an owner who looks for it; its default counts as the answer until then.
    package var advanced: Bool?
    /// The answer so far.
    package var value: JSON?
    /// Whether a secret is sealed already, so that no answer keeps it.
    package var held: Bool?
    /// The host that a secret will be sent to, where that follows from an earlier answer.
    package var destination: String?
    package var options: [OptionBody]?
    package var minimum: Int64?
    package var maximum: Int64?
    /// The questions an object is made of, or the element of a list.
    package var parts: [FieldBody]?
    /// The property that tells the shapes of a one-of apart.
    package var discriminator: String?
    package var variants: [VariantBody]?

    /// Puts a question into its form for sending.
    package init(_ spec: FieldSpec, value: JSON? = nil, isHeld: Bool = false) {
        name = spec.name
        label = spec.label
        type = spec.kind.word
        required = spec.required
        help = spec.help
        link = spec.link?.absoluteString
        example = spec.example
        pattern = spec.pattern?.expression
        `default` = spec.fallback
        autocomplete = spec.autocomplete
        advanced = spec.isAdvanced ? true : nil
        self.value = value
        held = spec.isSecret ? isHeld : nil
        addDetails(of: spec.kind)
    }

    /// Puts a question with what is known of its answer into its form for sending.
    package init(_ field: FormField) {
        self.init(field.spec, value: field.value, isHeld: field.isHeld)
        destination = field.destination
    }

    private mutating func addDetails(of kind: FieldKind) {
        switch kind {
        case .string, .secret, .url, .email, .decimal, .boolean, .date: break
        case .integer(let least, let most):
            minimum = least
            maximum = most
        case .choice(let choices), .choices(let choices):
            options = choices.map { OptionBody(value: $0.value, label: $0.label, detail: $0.detail) }
        case .file(let bytes): maximum = Int64(bytes)
        case .list(let element): parts = [FieldBody(FieldSpec(name: name, label: label, kind: element))]
        case .object(let fields): parts = fields.map { FieldBody($0) }
        case .oneOf(let property, let shapes):
            discriminator = property
            variants = shapes.map { VariantBody($0) }
        }
    }
}

/// One of several shapes.
package struct VariantBody: Codable, Sendable, Hashable {
    package let value: String
    package let label: String
    package let fields: [FieldBody]

    init(_ variant: FieldVariant) {
        value = variant.value
        label = variant.label
        fields = variant.fields.map { FieldBody($0) }
    }
}

extension FieldKind {
    /// The word for this kind of answer.
    package var word: String {
        switch self {
        case .string: "string"
        case .secret: "secret"
        case .url: "url"
        case .email: "email"
        case .integer: "integer"
        case .decimal: "decimal"
        case .boolean: "boolean"
        case .date: "date"
        case .choice: "choice"
        case .choices: "choices"
        case .file: "file"
        case .list: "list"
        case .object: "object"
        case .oneOf: "one_of"
        }
    }
}
