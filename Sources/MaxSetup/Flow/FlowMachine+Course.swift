package import MaxConnector
internal import MaxCore
package import MaxHub

extension FlowMachine {
    /// The steps that take part, each with the answers of those before it.
    ///
    /// An answer counts while its step takes part. One that was given on a path since left stays in the state, for the
    /// owner may come back, but no step reads it and no config holds it.
    func course(of state: FlowState) -> [(step: FlowStep, draft: DraftValues)] {
        var answers: [String: JSON] = [:]
        var course: [(step: FlowStep, draft: DraftValues)] = []
        for step in definition.steps {
            let draft = DraftValues(answers)
            guard step.takesPart(draft) else { continue }
            course.append((step, draft))
            answers.merge(step.answers(draft, in: state)) { _, later in later }
        }
        return course
    }

    /// The answers that a step may read.
    package func draft(for step: FlowStep, in state: FlowState) -> DraftValues {
        course(of: state).first { $0.step.id == step.id }?.draft ?? DraftValues(state.answers)
    }

    /// The first step that takes part and is not behind.
    package func step(at state: FlowState) -> FlowStep? { place(at: state)?.step }

    /// The first step that takes part and is not behind, with the answers of those before it.
    ///
    /// A form that nobody is asked by itself is asked where something is wrong with it and no other form takes its
    /// questions along.
    func place(at state: FlowState) -> (step: FlowStep, draft: DraftValues)? {
        let course = course(of: state)
        let first = course.first { !state.isBehind($0.step, $0.draft) }
        if let field = state.problem?.field, first.map({ $0.step.questions($0.draft).isEmpty }) ?? true,
            let wrong = course.first(where: { place in
                state.isPassedOver(place.step, place.draft)
                    && place.step.questions(place.draft).contains { $0.name == field }
            })
        {
            return wrong
        }
        return first
    }

    /// The forms before a step that nobody is asked by themselves; their questions join those of the form at hand.
    func passedOver(before step: String, in state: FlowState) -> [(step: FlowStep, draft: DraftValues)] {
        course(of: state).prefix { $0.step.id != step }.filter { state.isPassedOver($0.step, $0.draft) }
    }

    /// The answers of the steps that take part.
    func countingAnswers(of state: FlowState) -> DraftValues {
        DraftValues(
            course(of: state).reduce(into: [:]) { answers, place in
                answers.merge(place.step.answers(place.draft, in: state)) { _, later in later }
            })
    }

    /// Every question of the forms that are behind.
    func askedFields(in state: FlowState) -> [FieldSpec] {
        course(of: state).filter { state.isBehind($0.step, $0.draft) }.flatMap { $0.step.questions($0.draft) }
    }

    /// The question for the credential that the owner gave last.
    package func credential(in state: FlowState) -> FieldSpec? {
        let secrets = askedFields(in: state).filter(\.isSecret)
        return secrets.last { state.held.contains($0.name) } ?? secrets.last
    }

    /// The secrets that are held for forms that no longer take part.
    package func strandedSecrets(in state: FlowState) -> Set<String> {
        let asked = course(of: state).flatMap { $0.step.questions($0.draft) }.filter(\.isSecret)
        return state.held.subtracting(asked.map(\.name))
    }
}

extension FlowState {
    /// Whether a step is answered, passed, or one that nobody has to be asked.
    func isBehind(_ step: FlowStep, _ draft: DraftValues) -> Bool {
        done.contains { $0.id == step.id } || isPassedOver(step, draft)
    }

    /// Whether a step asks for nothing but what is advanced, and was not answered.
    func isPassedOver(_ step: FlowStep, _ draft: DraftValues) -> Bool {
        let specs = step.questions(draft)
        return !specs.isEmpty && specs.allSatisfy(\.isAdvanced) && !done.contains { $0.id == step.id }
    }
}

extension FlowStep {
    /// Whether its condition holds and it has something to ask; a condition that reads what was never asked does not.
    fileprivate func takesPart(_ draft: DraftValues) -> Bool {
        guard (try? isApplicable(draft)) == true else { return false }
        if case .input(let fields) = body, let specs = try? fields(draft) { return !specs.isEmpty }
        return true
    }

    /// The questions of a form; none for another step.
    func questions(_ draft: DraftValues) -> [FieldSpec] {
        if case .input(let fields) = body { (try? fields(draft)) ?? [] } else { [] }
    }

    /// The config fields it fills.
    func provided(_ draft: DraftValues) -> [String] {
        switch body {
        case .input: questions(draft).filter { !$0.isSecret }.map(\.name)
        case .select(let selection): [selection.field]
        case .custom(let provides, _): provides
        case .validation, .browser, .device, .consent, .upload: []
        }
    }

    /// What was answered to it, and what counts as the answer where nobody is asked.
    fileprivate func answers(_ draft: DraftValues, in state: FlowState) -> [String: JSON] {
        var answers = state.answers.filter { provided(draft).contains($0.key) }
        for spec in questions(draft) where spec.isAdvanced && answers[spec.name] == nil {
            answers[spec.name] = spec.fallback
        }
        return answers
    }

    /// Whether it reads whose account it is.
    var provesIdentity: Bool {
        switch body {
        case .validation, .browser, .consent, .upload, .device: true
        case .input, .select, .custom: false
        }
    }
}
