public import Foundation
public import MaxCore

/// A form: plain fields for the config and secrets for the vault.
///
/// A secret is sealed as it is answered; it is in no draft and no config.
public struct InputStep<Config: ConnectorConfig>: OnboardingStep {
    public let step: FlowStep

    /// Creates a form whose questions are always the same.
    public init(
        _ title: String, when condition: StepCondition<Config>? = nil,
        @FormBuilder<Config> fields: () -> [FieldSpec]
    ) {
        let fields = fields()
        step = FlowStep(title, when: condition, .input { _ in fields })
    }

    /// Creates a form whose questions depend on earlier answers.
    public init(
        _ title: String, when condition: StepCondition<Config>? = nil,
        @FormBuilder<Config> fields: @escaping @Sendable (Draft<Config>) throws -> [FieldSpec]
    ) {
        step = FlowStep(title, when: condition, .input { try fields(Draft($0)) })
    }
}

/// A question that fills a property of the config.
public struct Input<Config: ConnectorConfig, Value: FieldValue> {
    let spec: FieldSpec

    /// Creates a question.
    ///
    /// - Parameters:
    ///   - path: A stored property of the config.
    ///   - kind: The kind of question, where the property's type alone does not tell.
    ///   - link: A page that helps to answer.
    ///   - fallback: The answer that Enter alone gives.
    ///   - advanced: Whether only an owner who looks for it is asked; it needs a fallback, or a property that may be nil.
    public init(
        _ path: KeyPath<Config, Value>, _ label: String, as kind: FieldKind? = nil, help: String? = nil,
        link: URL? = nil, example: String? = nil, pattern: Pattern? = nil, fallback: JSON? = nil,
        autocomplete: String? = nil, advanced: Bool = false
    ) {
        spec = FieldSpec(
            name: fieldName(of: path), label: label, kind: kind ?? Value.fieldKind, required: !Value.isOptional,
            help: help, link: link, example: example, pattern: pattern, fallback: fallback,
            autocomplete: autocomplete, advanced: advanced)
    }
}

/// A question for a secret, which goes to the vault.
public struct Secret {
    let spec: FieldSpec

    /// Creates a question.
    ///
    /// - Parameters:
    ///   - help: The page on which the owner finds or makes the secret.
    ///   - required: Whether it may be left empty; an empty one is not stored.
    public init<Value>(
        _ credential: Credential<Value>, help: URL? = nil, note: String? = nil, required: Bool = true,
        autocomplete: String = "off"
    ) {
        spec = FieldSpec(
            name: credential.name, label: credential.label, kind: .secret, required: required, help: note, link: help,
            example: credential.example, pattern: credential.pattern, autocomplete: autocomplete)
    }
}

/// Collects the questions of a form.
@resultBuilder
public enum FormBuilder<Config: ConnectorConfig> {
    /// Takes a question for the config.
    public static func buildExpression<Value>(_ input: Input<Config, Value>) -> [FieldSpec] { [input.spec] }
    /// Takes a question for the vault.
    public static func buildExpression(_ secret: Secret) -> [FieldSpec] { [secret.spec] }
    /// Collects the questions.
    public static func buildBlock(_ fields: [FieldSpec]...) -> [FieldSpec] { fields.flatMap(\.self) }
    /// Takes the questions of an `if` without an `else`.
    public static func buildOptional(_ fields: [FieldSpec]?) -> [FieldSpec] { fields ?? [] }
    /// Takes the questions of the first way.
    public static func buildEither(first fields: [FieldSpec]) -> [FieldSpec] { fields }
    /// Takes the questions of the other way.
    public static func buildEither(second fields: [FieldSpec]) -> [FieldSpec] { fields }
}
