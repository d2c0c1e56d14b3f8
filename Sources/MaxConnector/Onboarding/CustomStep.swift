public import MaxCore

/// The escape hatch: code that gets the draft and returns additions to it.
public struct CustomStep<Config: ConnectorConfig>: OnboardingStep {
    public let step: FlowStep

    /// Creates a step.
    ///
    /// - Parameters:
    ///   - provides: The names of the config properties it adds.
    ///   - run: Returns the additions by name, or throws a ``MaxCore/Problem``.
    public init(
        _ title: String, provides: [String], when condition: StepCondition<Config>? = nil,
        run: @escaping @Sendable (Draft<Config>, SetupContext) async throws -> [String: JSON]
    ) {
        step = FlowStep(title, when: condition, .custom(provides: provides) { try await run(Draft($0), $1) })
    }
}
