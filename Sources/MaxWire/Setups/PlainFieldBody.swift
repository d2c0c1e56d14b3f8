internal import Foundation
package import MaxConnector
package import MaxCore

/// A question that an agent may answer.
///
/// It has no place for a secret: there is no kind of answer for one, and nothing that says whether one is held. What cannot
/// be said with it is not shown to agents at all.
package struct PlainFieldBody: Codable, Sendable, Hashable {
    package let name: String
    package let label: String
    package let type: Kind
    package let required: Bool
    package var help: String?
    package var link: String?
    package var example: String?
    package var pattern: String?
    /// The answer that is taken when none is given.
    package var `default`: JSON?
    /// Whether it is asked only of an owner who looks for it; its default counts as the answer until then.
    package var advanced: Bool?
    /// The answer so far.
    package var value: JSON?
    package var options: [OptionBody]?
    package var minimum: Int64?
    package var maximum: Int64?
    /// The questions an object is made of, or the element of a list.
    package var parts: [PlainFieldBody]?
    /// The property that tells the shapes of a one-of apart.
    package var discriminator: String?
    package var variants: [PlainVariantBody]?

    /// The kinds of answer that an agent can give.
    package enum Kind: String, Codable, Sendable, Hashable, CaseIterable {
        case string
        case url
        case email
        case integer
        case decimal
        case boolean
        case date
        case choice
        case choices
        case list
        case object
        case oneOf = "one_of"
    }

    /// Puts a question into its form for an agent; nil when it, or a part of it, is a secret or a file of the owner's.
    package init?(_ spec: FieldSpec, value: JSON? = nil) {
        guard let type = Kind(spec.kind) else { return nil }
        (name, label, self.type, required) = (spec.name, spec.label, type, spec.required)
        (help, link, example) = (spec.help, spec.link?.absoluteString, spec.example)
        pattern = spec.pattern?.expression
        `default` = spec.fallback
        advanced = spec.isAdvanced ? true : nil
        self.value = value
        guard addDetails(of: spec.kind) else { return nil }
    }

    /// Adds what belongs to the kind; false when an agent may not see all of it.
    private mutating func addDetails(of kind: FieldKind) -> Bool {
        switch kind {
        case .string, .url, .email, .decimal, .boolean, .date: return true
        case .secret, .file: return false
        case .integer(let least, let most): (minimum, maximum) = (least, most)
        case .choice(let choices), .choices(let choices):
            options = choices.map { OptionBody(value: $0.value, label: $0.label, detail: $0.detail) }
        case .list(let element):
            parts = Self.all([FieldSpec(name: name, label: label, kind: element)])
            return parts != nil
        case .object(let fields):
            parts = Self.all(fields)
            return parts != nil
        case .oneOf(let property, let shapes):
            discriminator = property
            variants = shapes.compactMap { PlainVariantBody($0) }
            return variants?.count == shapes.count
        }
        return true
    }

    /// Every question; nil when an agent may not see all of them.
    static func all(_ specs: [FieldSpec]) -> [PlainFieldBody]? {
        let fields = specs.compactMap { PlainFieldBody($0) }
        return fields.count == specs.count ? fields : nil
    }
}

/// One of several shapes.
package struct PlainVariantBody: Codable, Sendable, Hashable {
    package let value: String
    package let label: String
    package let fields: [PlainFieldBody]

    init?(_ variant: FieldVariant) {
        guard let fields = PlainFieldBody.all(variant.fields) else { return nil }
        (value, label, self.fields) = (variant.value, variant.label, fields)
    }
}

extension PlainFieldBody.Kind {
    /// The kind in an agent's words; nil for what no agent is asked.
    fileprivate init?(_ kind: FieldKind) {
        switch kind {
        case .secret, .file: return nil
        case .string: self = .string
        case .url: self = .url
        case .email: self = .email
        case .integer: self = .integer
        case .decimal: self = .decimal
        case .boolean: self = .boolean
        case .date: self = .date
        case .choice: self = .choice
        case .choices: self = .choices
        case .list: self = .list
        case .object: self = .object
        case .oneOf: self = .oneOf
        }
    }
}
