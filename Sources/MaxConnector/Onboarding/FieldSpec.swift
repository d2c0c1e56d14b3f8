public import Foundation
public import MaxCore

/// One question of a form, as data that every surface can show and check.
public struct FieldSpec: Sendable, Hashable, Codable {
    /// The config property or the credential it fills.
    public var name: String
    /// What people call it.
    public var label: String
    /// What may be answered.
    public var kind: FieldKind
    /// Whether it may be left empty.
    public var required = true
    /// A sentence that helps to answer.
    public var help: String?
    /// A page that helps to answer, opened beside the form.
    public var link: URL?
    /// A shortened example of an answer.
    public var example: String?
    /// What the text of an answer must look like.
    public var pattern: Pattern?
    /// The answer that Enter alone gives.
    public var fallback: JSON?
    /// The hint for password managers and browsers, from the HTML standard's autofill names.
    public var autocomplete: String?
    /// Whether it is asked only of an owner who looks for it; its fallback counts as the answer until then.
    public var isAdvanced = false

    /// Creates a question.
    public init(
        name: String, label: String, kind: FieldKind, required: Bool = true, help: String? = nil, link: URL? = nil,
        example: String? = nil, pattern: Pattern? = nil, fallback: JSON? = nil, autocomplete: String? = nil,
        advanced: Bool = false
    ) {
        self.name = name
        self.label = label
        self.kind = kind
        self.required = required
        self.help = help
        self.link = link
        self.example = example
        self.pattern = pattern
        self.fallback = fallback
        self.autocomplete = autocomplete
        isAdvanced = advanced
    }

    /// Whether the answer is a secret.
    public var isSecret: Bool { kind == .secret }
}

/// What may be answered to a question.
public indirect enum FieldKind: Sendable, Hashable, Codable {
    case string
    case secret
    case url
    case email
    case integer(minimum: Int64? = nil, maximum: Int64? = nil)
    case decimal
    case boolean
    /// A day, as in `2026-02-28`.
    case date
    case choice([Choice])
    case choices([Choice])
    /// A file on the owner's machine, by its path; at most so many bytes.
    case file(maximumBytes: Int)
    case list(of: FieldKind)
    case object([FieldSpec])
    /// One of several shapes, told apart by the value of the discriminator.
    case oneOf(discriminator: String, [FieldVariant])
}

/// One of the shapes of a one-of field.
public struct FieldVariant: Sendable, Hashable, Codable {
    /// The discriminator's value.
    public var value: String
    /// What people call the shape.
    public var label: String
    /// Its fields.
    public var fields: [FieldSpec]

    /// Creates a shape.
    public init(_ label: String, value: String, fields: [FieldSpec]) {
        self.label = label
        self.value = value
        self.fields = fields
    }
}

/// One thing to choose.
public struct Choice: Sendable, Hashable, Codable {
    /// What people see.
    public var label: String
    /// What is stored.
    public var value: String
    /// A few words more.
    public var detail: String?

    /// Creates a choice.
    public init(_ label: String, value: String, detail: String? = nil) {
        self.label = label
        self.value = value
        self.detail = detail
    }
}

/// A type that an ``Input`` can fill, and the kind of question it makes.
public protocol FieldValue: Codable, Sendable {
    /// The kind of question.
    static var fieldKind: FieldKind { get }
    /// Whether a config stays whole without an answer.
    static var isOptional: Bool { get }
}

extension FieldValue {
    public static var isOptional: Bool { false }
}

extension String: FieldValue {
    public static var fieldKind: FieldKind { .string }
}
extension URL: FieldValue {
    public static var fieldKind: FieldKind { .url }
}
extension Int: FieldValue {
    public static var fieldKind: FieldKind { .integer() }
}
extension Double: FieldValue {
    public static var fieldKind: FieldKind { .decimal }
}
extension Bool: FieldValue {
    public static var fieldKind: FieldKind { .boolean }
}
extension Array: FieldValue where Element: FieldValue {
    public static var fieldKind: FieldKind { .list(of: Element.fieldKind) }
}
extension Optional: FieldValue where Wrapped: FieldValue {
    public static var fieldKind: FieldKind { Wrapped.fieldKind }
    public static var isOptional: Bool { true }
}
