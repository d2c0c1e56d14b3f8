internal import MaxConnector
package import MaxCore
package import MaxHub

extension FlowMachine {
    /// Asks again where a problem of the answers as a whole belongs; a problem that no question can mend ends the
    /// conversation.
    package func mending(_ problem: Problem, in state: FlowState) -> FlowState {
        var next = reopening(problem, in: state)
        if case .mend = move(from: next) { next.refusal = problem }
        return next
    }

    /// Takes the step that can mend a problem out of what is behind, so that it is asked again with the problem.
    package func reopening(_ problem: Problem, in state: FlowState) -> FlowState {
        let field = problem.field ?? likelyField(of: problem, in: state)
        var next = state
        next.problem = problem.attributed(to: field)
        guard let step = field.flatMap({ step(asking: $0, in: state) }) else { return next }
        if case .select = step.body, state.done.first(where: { $0.id == step.id })?.how != .byItself {
            // Its options are asked for anew; a single one would be chosen by itself again, and not for ever.
            next.notices = [problem.sentence].compactMap(\.self)
            next.problem = nil
        }
        return reopened(step, in: next)
    }

    /// The same state with a step to be asked again, and every check after it to be made again.
    func reopened(_ step: FlowStep, in state: FlowState) -> FlowState {
        var next = state
        next.done.removeAll { $0.id == step.id }
        next.options = nil
        return forgetting(after: step, in: next) { _, how in how == .passed }
    }

    /// The same state without what depended on a step's answers, for they have changed.
    ///
    /// Checks are made again, and choices from what the provider listed; a form is asked again when the new answers
    /// make it ask for more. The answers themselves stay.
    func changed(_ step: FlowStep, in state: FlowState) -> FlowState {
        var next = state
        next.options = nil
        let lacking = Set(course(of: state).filter { lacksAnswer($0.step, $0.draft, state) }.map(\.step.id))
        return forgetting(after: step, in: next) { later, how in
            switch (later.body, how) {
            case (_, .passed): true
            case (.select, .answered), (.select, .byItself): true
            case (.input, _): lacking.contains(later.id)
            case (_, .kept), (_, .answered), (_, .byItself): false
            }
        }
    }

    private func forgetting(
        after step: FlowStep, in state: FlowState, _ isForgotten: (FlowStep, DoneStep.How) -> Bool
    ) -> FlowState {
        var next = state
        for later in definition.steps.drop(while: { $0.id != step.id }).dropFirst() {
            guard let place = next.done.firstIndex(where: { $0.id == later.id }),
                isForgotten(later, next.done[place].how)
            else { continue }
            next.done.remove(at: place)
            if later.provesIdentity { (next.identity, next.ladder) = (nil, nil) }
        }
        return next
    }

    private func lacksAnswer(_ step: FlowStep, _ draft: DraftValues, _ state: FlowState) -> Bool {
        step.questions(draft).contains { spec in
            spec.isNeeded && (spec.isSecret ? !state.hasSecret(spec) : state.answers[spec.name] == nil)
        }
    }

    /// The step among those behind that fills a field.
    func step(asking name: String, in state: FlowState) -> FlowStep? {
        course(of: state).first { step, draft in
            state.isBehind(step, draft)
                && (step.provided(draft) + step.questions(draft).map(\.name)).contains(name)
        }?.step
    }

    private func answer(to spec: FieldSpec, in state: FlowState) -> JSON? {
        countingAnswers(of: state).answers[spec.name]
    }

    /// The question a problem without a field concerns: the address below the rung `answer`, the secret above it.
    private func likelyField(of problem: Problem, in state: FlowState) -> String? {
        let specs = askedFields(in: state)
        let address = specs.first { connector.egress.isConfigured(by: $0.name) } ?? specs.first { $0.kind == .url }
        let secret = specs.last { $0.isSecret && state.held.contains($0.name) } ?? specs.last(where: \.isSecret)
        switch (problem.kind, problem.rung) {
        case (.auth, _): return secret?.name
        case (.retryable, .resolve?), (.retryable, .connect?), (.retryable, .tls?):
            // An address that nobody typed is nobody's mistake.
            return address.flatMap { $0.isAdvanced && answer(to: $0, in: state) == $0.fallback ? nil : $0.name }
        case (_, .resolve?), (_, .connect?), (_, .tls?): return address?.name
        case (.permanent, .signIn?), (.permanent, .identity?), (.permanent, .permissions?), (.permanent, .record?):
            return secret?.name
        case (.permanent, .answer?): return address?.name
        case (.retryable, _), (.permanent, nil): return nil
        }
    }
}

extension Egress {
    /// Whether the answer to that question says which host is called.
    fileprivate func isConfigured(by name: String) -> Bool {
        if case .configured(let field) = self { field == name } else { false }
    }
}

extension FlowState {
    /// Whether a secret was given, here or when the connection was made.
    fileprivate func hasSecret(_ spec: FieldSpec) -> Bool { isMending || held.contains(spec.name) }
}
