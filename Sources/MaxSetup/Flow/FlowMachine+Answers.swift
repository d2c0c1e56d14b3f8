internal import Foundation
internal import MaxConnector
package import MaxCore
package import MaxHub

/// A state after an answer, and the secrets the answer brought.
package struct AcceptedAnswer: Sendable {
    package var state: FlowState
    /// Secrets to seal, by credential name.
    package var secrets: [String: SecretValue] = [:]
    /// Secrets that are sealed and no longer wanted.
    package var dropped: Set<String> = []
}

extension FlowMachine {
    /// Takes an answer to the question at hand.
    ///
    /// A wrong answer is no error here: the state after it asks again, with the problem at its field and everything
    /// else kept.
    ///
    /// - Throws: ``MaxCore/MaxError`` with code `answer_misplaced` when the question at hand is of another kind.
    package func accept(_ answer: FlowAnswer, at state: FlowState) throws(MaxError) -> AcceptedAnswer {
        guard case .ask(let view) = move(from: state) else { throw .answerMisplaced("is busy asking the provider") }
        switch (view, answer) {
        case (.form(let form), .submit(let given)) where form.fields.isEmpty && !given.isEmpty:
            throw .answerMisplaced("asks for nothing but another try")
        case (.form(let form), .submit(let given)) where !form.fields.isEmpty:
            return submit(given, to: form, at: state)
        case (.form(let form), .retry) where !form.fields.isEmpty: throw .answerMisplaced("is at a form")
        case (.form, .submit), (.form, .retry): return AcceptedAnswer(state: state.retrying())
        case (.choice(let choice), .choose(let values)):
            if let question = state.question { return try decide(question, values, at: state) }
            return choose(values, from: choice, at: state)
        case (.choice, .search), (.form, .useSandbox):
            throw .answerMisplaced("takes that answer only from whoever drives it")
        case (.form, _): throw .answerMisplaced("is at a form")
        case (.choice, _): throw .answerMisplaced("is at a choice")
        case (.open, _): throw .answerMisplaced("waits for something that happens elsewhere")
        case (.working, _), (.finished, _), (.refused, _): throw .answerMisplaced("has no question open")
        }
    }

    private func submit(_ given: [String: GivenValue], to form: FormView, at state: FlowState) -> AcceptedAnswer {
        let passed = passedOver(before: form.step.id, in: state).map(\.step)
        var accepted = AcceptedAnswer(state: state.retrying())
        var problems: [Problem] = unknownFields(given, form)
        for field in form.fields {
            do { try take(given[field.spec.name], for: field, into: &accepted) } catch { problems.append(error) }
        }
        if accepted.state.answers != state.answers || !accepted.secrets.isEmpty,
            let step = passed.first ?? definition.step(form.step.id)
        {
            accepted.state = changed(step, in: accepted.state)
            accepted.state.allowedHosts.subtract(leftHosts(form, accepted.state))
            accepted.state.refused = []
        }
        problems += form.fields.filter { accepted.state.refused.contains($0.spec.name) }.map(\.spec.refusedAlready)
        if let first = problems.first {
            accepted.state.problem = first
        } else {
            accepted.state.done += passed.map { DoneStep($0.id, .byItself) } + [DoneStep(form.step.id, .answered)]
        }
        return accepted
    }

    /// The hosts of addresses that were answered differently now: leave to call them was given for that answer.
    private func leftHosts(_ form: FormView, _ state: FlowState) -> [String] {
        form.fields.filter { $0.spec.kind == .url && $0.value != state.answers[$0.spec.name] }
            .compactMap { $0.value?.string.flatMap { URL(string: $0) } }
            .flatMap { [$0.host(), $0.authority].compactMap(\.self) }
    }

    private func unknownFields(_ given: [String: GivenValue], _ form: FormView) -> [Problem] {
        given.keys.sorted().filter { name in !form.fields.contains { $0.spec.name == name } }.map { name in
            let names = form.fields.map(\.spec.name).joined(separator: ", ")
            return Problem("unknown_field", .permanent, "There is no field \(name.quoted) here; asked for: \(names).")
        }
    }

    func take(
        _ given: GivenValue?, for field: FormField, into accepted: inout AcceptedAnswer
    ) throws(Problem) {
        let spec = field.spec
        let reading = try given.map { value throws(Problem) in try spec.read(value) } ?? FieldReading(answer: .nothing)
        accepted.state.notices += reading.notices
        switch reading.answer {
        case .plain(let value):
            accepted.state.answers[spec.name] = value
        case .secret(let secret):
            accepted.secrets[spec.name] = secret
            accepted.state.held.insert(spec.name)
        case .nothing where spec.isSecret:
            if !field.isHeld, spec.required { throw spec.missing }
        case .nothing:
            if given == nil, field.value != nil { return }
            if spec.fallback == nil, spec.required { throw spec.missing }
            accepted.state.answers[spec.name] = spec.fallback
        }
    }

    private func choose(_ values: [String], from choice: ChoiceView, at state: FlowState) -> AcceptedAnswer {
        var accepted = AcceptedAnswer(state: state.retrying())
        let chosen = values.compactMap { choice.options.named($0)?.value }.withoutRepeats
        if let stranger = values.first(where: { choice.options.named($0) == nil }) {
            accepted.state.problem = Problem(
                "not_an_option", .permanent, "\(stranger.quoted) is not on the list.", field: choice.field)
        } else if chosen.isEmpty || (!choice.many && chosen.count > 1) {
            accepted.state.problem = Problem(
                "not_an_option", .permanent, choice.many ? "Choose at least one." : "Choose one.", field: choice.field)
        } else {
            accepted.state.answers[choice.field] = choice.many ? .array(chosen.map(JSON.string)) : .string(chosen[0])
            accepted.state.options = nil
            accepted.state.done.append(DoneStep(choice.step.id, .answered))
        }
        return accepted
    }
}

extension FieldSpec {
    /// Whether somebody has to answer it: it may not be left empty, and nothing counts as the answer.
    var isNeeded: Bool { required && !(isAdvanced && fallback != nil) }

    var missing: Problem { Problem("answer_missing", .permanent, "\(label) is needed.", field: name) }

    /// Nothing was answered otherwise than when it was refused, so that nobody needs to be asked again.
    var refusedAlready: Problem {
        Problem(
            "secret_refused_already", .permanent, "Nothing has changed since this \(label.inSentence) was refused.",
            field: name,
            fix: .action("Enter another one, or correct what else was wrong."))
    }
}

extension FlowState {
    /// The same state without what was said about the last answer.
    func retrying() -> FlowState {
        var state = self
        state.problem = nil
        state.notices = []
        state.triesLeft = nil
        if identity == nil { state.ladder = nil }
        return state
    }
}

extension MaxError {
    static func answerMisplaced(_ why: String) -> MaxError {
        MaxError(
            "answer_misplaced", "This setup \(why); it takes another kind of answer.",
            fix: "Look at its current view and answer that.")
    }
}
