/// A choice among things that only the provider knows.
///
/// A single option is chosen by itself; a long list can be searched.
public struct SelectStep<Config: ConnectorConfig>: OnboardingStep {
    public let step: FlowStep

    /// Creates a choice of one; `empty` is the sentence for a list without options.
    public init(
        _ path: KeyPath<Config, String>, _ label: String, when condition: StepCondition<Config>? = nil,
        empty: String? = nil, options: @escaping @Sendable (Draft<Config>, SetupContext) async throws -> [Choice]
    ) {
        self.init(fieldName(of: path), label, many: false, condition, empty) { draft, context, _ in
            try await options(draft, context)
        }
    }

    /// Creates a choice of one from a list that the provider searches.
    public init(
        searching path: KeyPath<Config, String>, _ label: String, when condition: StepCondition<Config>? = nil,
        empty: String? = nil,
        options: @escaping @Sendable (Draft<Config>, SetupContext, String) async throws -> [Choice]
    ) {
        self.init(fieldName(of: path), label, many: false, searched: true, condition, empty, options)
    }

    /// Creates a choice of one or more.
    public init(
        _ path: KeyPath<Config, [String]>, _ label: String, when condition: StepCondition<Config>? = nil,
        empty: String? = nil, options: @escaping @Sendable (Draft<Config>, SetupContext) async throws -> [Choice]
    ) {
        self.init(fieldName(of: path), label, many: true, condition, empty) { draft, context, _ in
            try await options(draft, context)
        }
    }

    private init(
        _ field: String, _ label: String, many: Bool, searched: Bool = false, _ condition: StepCondition<Config>?,
        _ empty: String?, _ load: @escaping @Sendable (Draft<Config>, SetupContext, String) async throws -> [Choice]
    ) {
        let selection = Selection(field: field, label: label, many: many, searched: searched, empty: empty) {
            try await load(Draft($0), $1, $2)
        }
        step = FlowStep(label, when: condition, .select(selection))
    }
}

/// A choice with its types hidden.
package struct Selection: Sendable {
    package let field: String
    package let label: String
    package let many: Bool
    /// Whether the provider does the searching.
    package let searched: Bool
    package let empty: String?
    package let load: @Sendable (DraftValues, SetupContext, String) async throws -> [Choice]
}
