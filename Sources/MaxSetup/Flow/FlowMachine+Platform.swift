internal import Foundation
internal import MaxConnector
internal import MaxCore
internal import MaxHub

/// The answers to the platform's own questions.
package enum PlatformAnswer: String, Sendable, CaseIterable {
    /// Call that host.
    case allow
    /// Go back to the question this came from.
    case back
    /// Update the connection that has the account.
    case update
    /// Make a new connection of the other account.
    case addNew = "add_new"
}

extension FlowMachine {
    func view(of question: PlatformQuestion, in state: FlowState) -> ChoiceView {
        switch question {
        case .allowHost(let host, let address):
            ChoiceView(
                step: StepView(id: "platform.allow_host", title: "A private address", canGoBack: canGoBack(state)),
                field: "platform.allow_host",
                options: [
                    Choice("Use another address", value: PlatformAnswer.back.rawValue),
                    Choice("Connect to \(host)", value: PlatformAnswer.allow.rawValue, detail: "only this connection"),
                ],
                explanation:
                    "\(host) is on this machine or a private network\(host == address ? "" : " (\(address))").",
                question: question, notices: state.notices, ladder: state.ladder)
        case .sameAccount(_, let slug, let label):
            ChoiceView(
                step: StepView(id: "platform.same_account", title: "Already connected", canGoBack: canGoBack(state)),
                field: "platform.same_account",
                options: [
                    Choice(
                        "Update its \(credential(in: state)?.label.inSentence ?? "credential")",
                        value: PlatformAnswer.update.rawValue, detail: slug),
                    Choice("Use another account", value: PlatformAnswer.back.rawValue),
                ],
                explanation: "\(label) is connected already, as \(slug).",
                question: question, notices: state.notices, ladder: state.ladder)
        case .otherAccount(let expected, let found):
            ChoiceView(
                step: StepView(id: "platform.other_account", title: "Another account", canGoBack: canGoBack(state)),
                field: "platform.other_account",
                options: [
                    Choice("Sign in as \(expected)", value: PlatformAnswer.back.rawValue),
                    Choice("Add \(found) as a new connection", value: PlatformAnswer.addNew.rawValue),
                ],
                explanation: "This opens \(found), but the connection is \(expected).",
                question: question, notices: state.notices, ladder: state.ladder)
        }
    }

    /// Takes the answer to a question of the platform's own; changing the connection it concerns is up to the driver.
    func decide(
        _ question: PlatformQuestion, _ values: [String], at state: FlowState
    ) throws(MaxError) -> AcceptedAnswer {
        var accepted = AcceptedAnswer(state: state.retrying())
        guard let choice = values.first, values.count == 1, let answer = PlatformAnswer(rawValue: choice) else {
            throw .answerMisplaced("asks “\(view(of: question, in: state).step.title)”")
        }
        accepted.state.question = nil
        switch (question, answer) {
        case (_, .back): return retreat(from: question, in: accepted.state)
        case (.allowHost(let host, _), .allow): accepted.state.allowedHosts.insert(host)
        case (.sameAccount, .update): break
        case (.otherAccount, .addNew): accepted.state = begunAnew(accepted.state)
        case (.allowHost, _), (.sameAccount, _), (.otherAccount, _):
            throw .answerMisplaced("asks “\(view(of: question, in: state).step.title)”")
        }
        return accepted
    }

    /// The same state for a new connection: what was chosen from the other account's lists is asked again, and so is
    /// whose account it is.
    private func begunAnew(_ state: FlowState) -> FlowState {
        var next = state
        next.isMending = false
        next.identity = nil
        next.done.removeAll { done in
            guard let step = definition.step(done.id) else { return true }
            return done.how == .passed || (done.how == .kept && step.questions(draft(for: step, in: state)).isEmpty)
        }
        return next
    }

    /// Opens the question that led here again: the address of a private host, the secret of an unwanted account.
    private func retreat(from question: PlatformQuestion, in state: FlowState) -> AcceptedAnswer {
        let specs = askedFields(in: state)
        let spec =
            switch question {
            case .allowHost(let host, _): specs.first { state.leads($0, to: host) } ?? specs.first { $0.kind == .url }
            case .sameAccount, .otherAccount: specs.last { $0.isSecret && state.held.contains($0.name) }
            }
        guard let spec, let step = step(asking: spec.name, in: state) else { return retreatAnywhere(in: state) }
        var next = reopened(step, in: state)
        let forgotten: Set<String> = spec.isSecret ? [spec.name] : []
        next.held.subtract(forgotten)
        return AcceptedAnswer(state: next, dropped: forgotten)
    }

    /// Goes back to the last question, or makes every check again where there is none.
    private func retreatAnywhere(in state: FlowState) -> AcceptedAnswer {
        if let back = back(from: state) { return back }
        var next = state
        next.done.removeAll { $0.how == .passed }
        next.identity = nil
        return AcceptedAnswer(state: next)
    }
}

extension FlowState {
    /// Whether a question's answer is an address on that host.
    fileprivate func leads(_ spec: FieldSpec, to host: String) -> Bool {
        guard spec.kind == .url, let url = answers[spec.name]?.string.flatMap({ URL(string: $0) }) else { return false }
        return [url.host(), url.authority].contains(host)
    }
}
