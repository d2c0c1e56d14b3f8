package import MaxConnector
package import MaxCore
package import MaxHub

/// The flow engine: definition, state and answer in, state and view out, and nothing else touched.
///
/// It never calls anyone. Where a provider has to be asked it says so with ``FlowMove/call(_:)``; whoever drives it
/// makes the call and hands the outcome back.
package struct FlowMachine: Sendable {
    package let connector: ConnectorDescriptor
    package let definition: FlowDefinition
    /// Whether the connector has a sandbox to offer.
    package let hasSandbox: Bool

    /// Creates the machine of one connector's flow.
    package init(connector: ConnectorDescriptor, definition: FlowDefinition, hasSandbox: Bool) {
        self.connector = connector
        self.definition = definition
        self.hasSandbox = hasSandbox
    }

    /// What comes next in a state.
    package func move(from state: FlowState) -> FlowMove {
        if let refusal = state.refusal { return .ask(.refused(refusal)) }
        if let question = state.question { return .ask(.choice(view(of: question, in: state))) }
        guard let (step, draft) = place(at: state) else {
            return conclusion(of: state)
        }
        switch step.body {
        case .input(let fields): return form(step, try? fields(draft), in: state)
        case .select(let selection): return choice(step, selection, in: state)
        case .validation: return state.problem == nil ? .call(.check(step)) : .ask(.form(retry(step, in: state)))
        case .custom: return state.problem == nil ? .call(.custom(step)) : .ask(.form(retry(step, in: state)))
        case .browser(let login): return elsewhere(step, .browser(start: login.start), in: state)
        case .device(let source): return elsewhere(step, .device(source: source), in: state)
        case .consent(let consent): return elsewhere(step, .consent(page: consent.authorize), in: state)
        case .upload(let upload):
            return elsewhere(
                step, .upload(accepts: upload.accepts, maximumBytes: upload.maximumBytes), in: state)
        }
    }

    private func conclusion(of state: FlowState) -> FlowMove {
        do { return .activate(config: try definition.config.validated(countingAnswers(of: state))) } catch {
            switch error {
            case let problem as Problem: return .mend(problem)
            case let lack as UnansweredField:
                return .mend(Problem("answer_missing", .permanent, "One more answer is needed.", field: lack.name))
            default: return .mend(Problem("config_incomplete", .permanent, "The answers do not fit together."))
            }
        }
    }

    private func form(_ step: FlowStep, _ specs: [FieldSpec]?, in state: FlowState) -> FlowMove {
        guard let own = specs else { return .mend(.unreadable(step.title)) }
        let specs = own + passedOver(before: step.id, in: state).flatMap { $0.step.questions($0.draft) }
        return .ask(
            .form(
                FormView(
                    step: stepView(step, in: state),
                    fields: specs.map {
                        FormField(
                            spec: $0, value: $0.isSecret ? nil : state.answers[$0.name],
                            isHeld: state.held.contains($0.name) && !state.isMisshapen($0.name),
                            destination: $0.isSecret ? destination(in: state, besides: specs) : nil)
                    },
                    problem: state.problem, notices: state.notices,
                    sandboxOffer: offersSandbox(state) ? "a local \(connector.displayName) sandbox" : nil,
                    ladder: state.ladder, triesLeft: state.triesLeft)))
    }

    /// The host that an earlier answer leads secrets to; nil where the form itself asks for it.
    private func destination(in state: FlowState, besides specs: [FieldSpec]) -> String? {
        guard case .configured(let field) = connector.egress, !specs.contains(where: { $0.name == field }) else {
            return nil
        }
        return connector.egress.hosts(countingAnswers(of: state).answers)?.first
    }

    private func choice(_ step: FlowStep, _ selection: Selection, in state: FlowState) -> FlowMove {
        guard let options = state.options, options.step == step.id else {
            return state.problem == nil
                ? .call(.options(step, query: "")) : .ask(.form(retry(step, in: state)))
        }
        return .ask(
            .choice(
                ChoiceView(
                    step: stepView(step, in: state), field: selection.field, options: options.choices,
                    many: selection.many, isSearchable: true, query: options.query,
                    explanation: nil, problem: state.problem, notices: state.notices, ladder: state.ladder)))
    }

    private func elsewhere(_ step: FlowStep, _ target: OpenView.Target, in state: FlowState) -> FlowMove {
        .ask(.open(OpenView(step: stepView(step, in: state), target: target, problem: state.problem)))
    }

    private func retry(_ step: FlowStep, in state: FlowState) -> FormView {
        FormView(
            step: stepView(step, in: state), fields: [], problem: state.problem, notices: state.notices,
            ladder: state.ladder)
    }

    func stepView(_ step: FlowStep, in state: FlowState) -> StepView {
        StepView(id: step.id, title: step.title, canGoBack: canGoBack(state))
    }

    /// Whether the sandbox may fill everything in: at the beginning of a new connection.
    package func offersSandbox(_ state: FlowState) -> Bool {
        hasSandbox && !state.isSandbox && !state.isMending && state.done.isEmpty
    }

    /// Whether a question before this one was answered by the owner.
    package func canGoBack(_ state: FlowState) -> Bool { questionBefore(state) != nil }

    /// The place of the last step before this one that the owner answered.
    func questionBefore(_ state: FlowState) -> Int? {
        let here = step(at: state).flatMap { step in definition.steps.firstIndex { $0.id == step.id } }
        let answered = Set(state.done.filter { $0.how == .answered }.map(\.id))
        return definition.steps[..<(here ?? definition.steps.endIndex)].lastIndex { answered.contains($0.id) }
    }
}

/// What comes next in a conversation.
package enum FlowMove: Sendable {
    /// Show this to the owner and wait.
    case ask(FlowView)
    /// Ask the provider.
    case call(FlowCall)
    /// Something is wrong with the answers as a whole: ask again where it belongs.
    case mend(Problem)
    /// Everything is answered and proven, and this is what is to be stored of it.
    case activate(config: [String: JSON])
}

/// A call to the provider that a step needs.
package enum FlowCall: Sendable {
    case check(FlowStep)
    case options(FlowStep, query: String)
    case custom(FlowStep)

    /// The step that needs it.
    package var step: FlowStep {
        switch self {
        case .check(let step), .options(let step, _), .custom(let step): step
        }
    }
}

extension Problem {
    static func unreadable(_ title: String) -> Problem {
        Problem("step_unreadable", .permanent, "The step “\(title)” needs an answer that was not given.")
    }
}

extension FlowState {
    /// Whether the secret of that name was just found to be none, before anybody was asked: keeping it is no answer.
    fileprivate func isMisshapen(_ secret: String) -> Bool {
        problem.map { $0.field == secret && $0.kind == .auth && $0.rung == nil } ?? false
    }
}
