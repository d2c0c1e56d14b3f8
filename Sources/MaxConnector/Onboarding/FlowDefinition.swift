package import MaxCore

/// A flow with its types hidden: steps in their order, and the decoding that proves their answers.
public struct FlowDefinition: Sendable {
    package let steps: [FlowStep]
    /// What the answers of every step become.
    package let config: ConfigShape

    init(steps: [FlowStep], config: ConfigShape) {
        self.steps = steps.enumerated().map { $1.numbered($0 + 1) }
        self.config = config
    }

    /// The step of that id.
    package func step(_ id: String) -> FlowStep? { steps.first { $0.id == id } }
}

/// One step of a flow with its types hidden.
public struct FlowStep: Sendable {
    /// The place in the flow and the title as one word, such as `2-api-token`: stable while the flow is.
    package private(set) var id: String
    package let title: String
    package let isApplicable: @Sendable (DraftValues) throws -> Bool
    package let body: Body

    /// The closed set of step kinds.
    package enum Body: Sendable {
        case input(@Sendable (DraftValues) throws -> [FieldSpec])
        case validation(@Sendable (DraftValues, SetupContext) async throws -> Identity)
        case select(Selection)
        case custom(provides: [String], @Sendable (DraftValues, SetupContext) async throws -> [String: JSON])
        case browser(BrowserLogin)
        case device(source: String)
        case consent(ProviderConsent)
        case upload(ExportUpload)
    }

    init<Config>(_ title: String, when condition: StepCondition<Config>?, _ body: Body) {
        id = title.lowercased().split { !$0.isASCII || !($0.isLetter || $0.isNumber) }.joined(separator: "-")
        self.title = title
        self.body = body
        isApplicable = { values in try condition.map { try $0(Draft(values)) } ?? true }
    }

    fileprivate func numbered(_ number: Int) -> FlowStep {
        var step = self
        step.id = id.isEmpty ? "\(number)" : "\(number)-\(id)"
        return step
    }
}

/// How a source is connected.
public enum Modality: String, Sendable, Hashable, Codable, CaseIterable {
    case staticSecret = "static_secret"
    case browserBound = "browser_bound"
    case localDevice = "local_device"
    case providerAuthorization = "provider_authorization"
    case upload
    case none
}
