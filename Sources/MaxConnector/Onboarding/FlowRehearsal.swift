internal import Foundation
internal import MaxCore

/// What came of running a flow once with examples for answers and nobody at the other end.
package struct FlowRehearsal: Sendable {
    /// Every question in the order it would be asked.
    package var fields: [FieldSpec] = []
    /// Fields that a step other than a form provides.
    package var provided: [Selection] = []
    var additions: [String] = []
    /// The steps that read a field too early.
    var readTooEarly: [(step: String, field: String)] = []
    /// How the answers suited the config in the end.
    var config = ConfigRehearsal()

    /// The names of everything the flow fills, secrets included.
    package var names: [String] { fields.map(\.name) + provided.map(\.field) + additions }
}

extension FlowDefinition {
    /// Runs the flow with examples for answers and an upstream that ends every call.
    package func rehearse() async -> FlowRehearsal {
        var rehearsal = FlowRehearsal()
        var answers: [String: JSON] = [:]
        let context = SetupContext(credentials: CredentialProvider(NoCredentials()), upstream: NoUpstream())
        for step in steps {
            let watch = ReadWatch()
            let draft = DraftValues(answers, watch: watch)
            _ = try? step.isApplicable(draft)
            switch step.body {
            case .input(let fields):
                let asked = (try? fields(draft)) ?? []
                rehearsal.fields += asked
                for field in asked where !field.isSecret { answers[field.name] = field.rehearsedAnswer }
            case .validation(let check):
                _ = try? await check(draft, context)
            case .select(let selection):
                _ = try? await selection.load(draft, context, "")
                rehearsal.provided.append(selection)
                answers[selection.field] = selection.many ? ["example"] : "example"
            case .custom(let provides, let run):
                _ = try? await run(draft, context)
                rehearsal.additions += provides
                for name in provides { answers[name] = "example" }
            case .consent(let consent):
                _ = try? await consent.identity(draft, context)
            case .browser, .device, .upload:
                break
            }
            rehearsal.readTooEarly += watch.missing.map { (step.title, $0) }
        }
        rehearsal.config = config.rehearse(answers, asked: Set(rehearsal.fields.map(\.name)))
        return rehearsal
    }

    /// How the source is connected, told by the kinds of its steps.
    package func modality(_ rehearsal: FlowRehearsal) -> Modality {
        for step in steps {
            switch step.body {
            case .browser: return .browserBound
            case .device: return .localDevice
            case .consent: return .providerAuthorization
            case .upload: return .upload
            case .input, .validation, .select, .custom: continue
            }
        }
        return rehearsal.fields.contains(where: \.isSecret) ? .staticSecret : .none
    }
}

extension FieldSpec {
    /// An answer of the right shape.
    fileprivate var rehearsedAnswer: JSON { fallback ?? kind.rehearsedAnswer }
}

extension FieldKind {
    fileprivate var rehearsedAnswer: JSON {
        switch self {
        case .string, .secret, .file: "example"
        case .url: "https://example.invalid"
        case .email: "someone@example.invalid"
        case .integer(let minimum, let maximum): .integer(minimum ?? maximum ?? 1)
        case .decimal: 1.0
        case .boolean: false
        case .date: "2000-01-01"
        case .choice(let options): JSON(options.first?.value ?? "example")
        case .choices(let options): .array(options.prefix(1).map { .string($0.value) })
        case .list(let element): [element.rehearsedAnswer]
        case .object(let fields): .object(fields.rehearsedAnswers)
        case .oneOf(let discriminator, let variants):
            .object(
                (variants.first?.fields.rehearsedAnswers ?? [:])
                    .merging([discriminator: JSON(variants.first?.value)]) { _, named in named })
        }
    }
}

extension [FieldSpec] {
    fileprivate var rehearsedAnswers: [String: JSON] {
        Dictionary(map { ($0.name, $0.kind.rehearsedAnswer) }) { first, _ in first }
    }
}

/// The end of every call in a rehearsal.
private struct NoUpstream: Upstream {
    func send(_ request: UpstreamRequest, as operation: UpstreamOperation) async throws -> UpstreamResponse {
        throw Problem("rehearsal", .permanent, nil)
    }

    func open(_ line: LineRequest, as operation: UpstreamOperation) async throws -> any UpstreamLine {
        throw Problem("rehearsal", .permanent, nil)
    }
}

/// A store in which a rehearsal finds nothing.
private struct NoCredentials: CredentialStore {
    func get(_ key: String) async throws -> SecretValue? { nil }
    func set(_ key: String, _ value: SecretValue) async throws {}
    func has(_ key: String) async throws -> Bool { false }
    func delete(_ key: String) async throws {}
    func keys() async throws -> [String] { [] }
    func exclusively<Result: Sendable>(
        _ key: String, _ work: @Sendable () async throws -> Result
    ) async throws -> Result {
        try await work()
    }
}
