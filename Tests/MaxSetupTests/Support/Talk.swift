import MaxConnector
import MaxCore
import MaxHub
import Testing

@testable import MaxSetup

/// A conversation with a flow machine and nobody else: each call is answered by a closure.
struct Talk {
    let machine: FlowMachine
    var state: FlowState
    var calls: [String] = []
    var dropped: Set<String> = []
    var provider: @Sendable (FlowCall, FlowState) -> FlowFinding

    init(
        _ machine: FlowMachine, from state: FlowState = FlowState(),
        provider: @escaping @Sendable (FlowCall, FlowState) -> FlowFinding = Talk.agreeable
    ) throws {
        self.machine = machine
        self.state = state
        self.provider = provider
        try settle()
    }

    /// A provider with one account and two of everything to choose from.
    static func agreeable(_ call: FlowCall, _ state: FlowState) -> FlowFinding {
        switch call {
        case .check: .account(Identity(id: "dana", label: "dana@acme.test"), existing: nil)
        case .options(_, let query): .options([Choice("One", value: "1"), Choice("Two", value: "2")], query: query)
        case .custom: .additions([:])
        }
    }

    /// What is to be shown; nil at the end.
    var view: FlowView? {
        if case .ask(let view) = machine.move(from: state) { view } else { nil }
    }

    /// The config at the end.
    var config: [String: JSON]? {
        if case .activate(let config) = machine.move(from: state) { config } else { nil }
    }

    var form: FormView? { if case .form(let form) = view { form } else { nil } }
    var choice: ChoiceView? { if case .choice(let choice) = view { choice } else { nil } }

    /// The title of the step at hand, or what else there is.
    var place: String {
        switch view {
        case .form(let form): form.fields.isEmpty ? "retry \(form.step.title)" : form.step.title
        case .choice(let choice): choice.step.title
        case .open(let open): "open \(open.step.title)"
        case .refused: "refused"
        case .working, .finished: "busy"
        case nil: "end"
        }
    }

    mutating func submit(_ answers: [String: GivenValue] = [:]) throws { try take(.submit(answers)) }
    mutating func choose(_ values: String...) throws { try take(.choose(values)) }
    mutating func retry() throws { try take(.retry) }

    mutating func back() throws {
        let accepted = try #require(machine.back(from: state))
        dropped.formUnion(accepted.dropped)
        state = accepted.state
        try settle()
    }

    mutating func take(_ answer: FlowAnswer) throws {
        let accepted = try machine.accept(answer, at: state)
        dropped.formUnion(accepted.dropped)
        state = accepted.state
        try settle()
    }

    /// Goes on as whoever drives the machine does; a conversation with itself that does not end is a failure.
    mutating func settle() throws {
        for _ in 0..<30 {
            switch machine.move(from: state) {
            case .ask, .activate: return
            case .call(let call):
                calls.append(call.step.title)
                state = machine.record(provider(call, state), of: call, in: state)
            case .mend(let problem): state = machine.mending(problem, in: state)
            }
        }
        Issue.record("the machine went on by itself for ever")
        throw CancellationError()
    }
}

extension GivenValue: ExpressibleByStringLiteral {
    package init(stringLiteral value: String) { self = .plain(.string(value)) }
}

extension GivenValue {
    static func secret(_ text: String) -> GivenValue { .secret(SecretValue(text)) }
}

/// The machine of a flow under a connector named `mail`.
func machine<Config: ConnectorConfig>(
    _ flow: OnboardingFlow<Config>, egress: Egress = .hosts(["mail.test"]), hasSandbox: Bool = false
) -> FlowMachine {
    FlowMachine(connector: mail(flow, egress: egress).about, definition: flow.definition, hasSandbox: hasSandbox)
}

enum Letter: Entity {
    static let definition = EntityDef("Letter") { Field.string("subject", .title) }
}

/// A connector named `mail` with that flow.
func mail<Config: ConnectorConfig>(
    _ flow: OnboardingFlow<Config>, egress: Egress = .hosts(["mail.test"])
) -> any Connector {
    let loader = Loader<Void>("letters", of: Letter.self, provides: ["subject"], .entity { _, _ in nil })
    let def = ConnectorDef(
        name: "mail", displayName: "Mail", description: "Letters", icon: "<svg></svg>", version: "1",
        collects: ["letters"], egress: egress,
        schema: ConnectorSchema(namespace: "mail", entities: [Letter.self], roots: [Letter.self]), onboarding: flow,
        seeder: Seeder<Void> { _ in SyncPlan(root: Ref(Letter.self, "1"), stages: []) },
        resolvers: [Resolver(Letter.self, loader)])
    return ConnectorModule(def) { _, _, _ in Installation(context: ()) }
}
