package import MaxConnector
package import MaxCore
package import MaxHub

extension FlowMachine {
    /// Goes back to the question that was answered last.
    ///
    /// - Returns: Nil when there is none.
    package func back(from state: FlowState) -> AcceptedAnswer? {
        guard let place = questionBefore(state) else { return nil }
        if state.isSandbox, state.done.first?.id == definition.steps[place].id {
            return AcceptedAnswer(state: FlowState(), dropped: state.held)
        }
        var next = reopened(definition.steps[place], in: state.retrying())
        next.question = nil
        next.refusal = nil
        return AcceptedAnswer(state: next)
    }

    /// Fills in what the sandbox knows; what the owner gave counts more.
    package func useSandbox(
        _ endpoint: SandboxEndpoint, over given: [String: GivenValue], at state: FlowState
    ) throws(Problem) -> AcceptedAnswer {
        var accepted = AcceptedAnswer(state: state.retrying())
        accepted.state.isSandbox = true
        accepted.state.answers.merge(endpoint.answers) { _, sandbox in sandbox }
        for step in definition.steps {
            let specs = step.questions(draft(for: step, in: accepted.state))
            guard !specs.isEmpty, course(of: accepted.state).contains(where: { $0.step.id == step.id }),
                specs.contains(where: endpoint.knows),
                specs.allSatisfy({ endpoint.knows($0) || given[$0.name] != nil || !$0.isNeeded })
            else { continue }
            for spec in specs {
                let value = given[spec.name] ?? endpoint.secrets[spec.name].map(GivenValue.secret)
                let field = FormField(spec: spec, value: accepted.state.answers[spec.name], isHeld: false)
                try take(value, for: field, into: &accepted)
            }
            accepted.state.done.append(DoneStep(step.id, accepted.state.done.isEmpty ? .answered : .byItself))
        }
        return accepted
    }

    /// The beginning of a conversation that mends a connection: its config is kept, its secrets are asked.
    ///
    /// A config stored in an earlier shape is brought into today's; what it then lacks is asked.
    package func beginning(mending connection: Connection) -> FlowState {
        var state = FlowState()
        state.answers =
            (try? definition.config.migrated(connection.config, from: connection.configVersion)) ?? [:]
        state.isMending = true
        state.allowedHosts = connection.allowedHosts
        state.isSandbox = connection.isSandbox
        state.done = course(of: state).filter { isKept($0.step, $0.draft, state) }.map { DoneStep($0.step.id, .kept) }
        return state
    }

    private func isKept(_ step: FlowStep, _ draft: DraftValues, _ state: FlowState) -> Bool {
        switch step.body {
        case .input(let fields):
            (try? fields(draft))?.allSatisfy { spec in
                !spec.isSecret && (state.answers[spec.name] != nil || !spec.isNeeded)
            } ?? false
        case .select, .custom: step.provided(draft).allSatisfy { state.answers[$0] != nil }
        case .validation, .browser, .device, .consent, .upload: false
        }
    }
}

extension SandboxEndpoint {
    fileprivate func knows(_ spec: FieldSpec) -> Bool { answers[spec.name] != nil || secrets[spec.name] != nil }
}
