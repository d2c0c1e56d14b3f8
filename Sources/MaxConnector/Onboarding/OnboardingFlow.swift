/// The conversation that sets a connection up, written as the list of its steps.
public struct OnboardingFlow<Config: ConnectorConfig>: Sendable {
    /// The flow with its types hidden, as the flow engine runs it.
    package let definition: FlowDefinition

    /// Creates a flow from steps in their order.
    public init(@OnboardingBuilder<Config> steps: () -> [FlowStep]) {
        definition = FlowDefinition(steps: steps(), config: ConfigShape(Config.self))
    }
}

/// One step of a flow over some config.
public protocol OnboardingStep<Config> {
    /// The config the flow results in.
    associatedtype Config: ConnectorConfig
    /// The step with its types hidden.
    var step: FlowStep { get }
}

/// Collects the steps of a flow.
@resultBuilder
public enum OnboardingBuilder<Config: ConnectorConfig> {
    /// Takes one step.
    public static func buildExpression<Step: OnboardingStep>(_ step: Step) -> FlowStep where Step.Config == Config {
        step.step
    }
    /// Collects the steps.
    public static func buildBlock(_ steps: FlowStep...) -> [FlowStep] { steps }
}

/// A condition under which a step takes part.
public typealias StepCondition<Config: ConnectorConfig> = @Sendable (Draft<Config>) throws -> Bool
