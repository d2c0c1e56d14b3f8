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
                explanation: "\(host) is on this machine or a private network (\(address)).")
        case .sameAccount(_, let slug, let label):
            ChoiceView(
                step: StepView(id: "platform.same_account", title: "Already connected", canGoBack: canGoBack(state)),
                field: "platform.same_account",
                options: [
                    Choice("Update “\(label)”", value: PlatformAnswer.update.rawValue, detail: slug),
                    Choice("Use another account", value: PlatformAnswer.back.rawValue),
                ],
                explanation: "\(label) is connected already, as \(slug).")
        case .otherAccount(let expected, let found):
            ChoiceView(
                step: StepView(id: "platform.other_account", title: "Another account", canGoBack: canGoBack(state)),
                field: "platform.other_account",
                options: [
                    Choice("Sign in as \(expected)", value: PlatformAnswer.back.rawValue),
                    Choice("Add \(found) as a new connection", value: PlatformAnswer.addNew.rawValue),
                ],
                explanation: "This opens \(found), but the connection is \(expected).")
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
        case (.sameAccount, .update), (.otherAccount, .addNew): break
        case (.allowHost, _), (.sameAccount, _), (.otherAccount, _):
            throw .answerMisplaced("asks “\(view(of: question, in: state).step.title)”")
        }
        return accepted
    }

    /// Opens the question that led here again: the address of a private host, the secret of an unwanted account.
    private func retreat(from question: PlatformQuestion, in state: FlowState) -> AcceptedAnswer {
        let specs = askedFields(in: state)
        let field =
            switch question {
            case .allowHost: specs.first { $0.kind == .url }?.name
            case .sameAccount, .otherAccount: specs.last { $0.isSecret && state.held.contains($0.name) }?.name
            }
        var next = state
        next.identity = nil
        if let field {
            next = reopening(Problem("reconsidered", .permanent, nil, field: field), in: next).retrying()
        }
        let forgotten = Set(specs.filter { $0.isSecret && $0.name == field }.map(\.name))
        next.held.subtract(forgotten)
        return AcceptedAnswer(state: next, dropped: forgotten)
    }
}
