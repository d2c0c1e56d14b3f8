package import MaxConnector
package import MaxCore
package import MaxHub

/// What a call to the provider came to.
package enum FlowFinding: Sendable {
    /// The account, and the connection that has it already.
    case account(Identity, existing: AccountClash?)
    /// The options of a choice.
    case options([Choice], query: String)
    /// Additions to the config.
    case additions([String: JSON])
    /// The host needs the owner's leave.
    case privateHost(host: String, address: String)
    /// It went wrong in a way the owner can understand.
    case problem(Problem)
}

/// How an account that was found stands to the connections that exist.
package enum AccountClash: Sendable, Hashable {
    /// Another connection has it.
    case taken(by: ConnectionID, slug: String, label: String)
    /// The connection being mended has another.
    case different(expected: String)
}

extension FlowMachine {
    /// Notes what a call came to.
    package func record(_ finding: FlowFinding, of call: FlowCall, in state: FlowState) -> FlowState {
        // What was done to the last answer is said with whatever is shown next.
        var next = state
        next.problem = nil
        switch finding {
        case .account(let identity, let clash):
            next.identity = identity
            next.done.append(DoneStep(call.step.id, .passed))
            next.question = clash.map { $0.question(identity) }
        case .options(let choices, let query):
            return listed(choices, query, call.step, in: next)
        case .additions(let additions):
            if case .custom(let provides, _) = call.step.body {
                next.answers.merge(additions.filter { provides.contains($0.key) }) { _, added in added }
            }
            next.done.append(DoneStep(call.step.id, .passed))
        case .privateHost(let host, let address):
            next.question = .allowHost(host: host, address: address)
        case .problem(let problem):
            return refusing(problem, in: next)
        }
        return next
    }

    /// Asks again where a problem belongs, and notes the secret that was refused; it is kept, since something beside it
    /// may have been mistyped.
    private func refusing(_ problem: Problem, in state: FlowState) -> FlowState {
        var next = reopening(problem, in: state)
        if problem.refusesCredential, let secret = next.problem?.field, next.held.contains(secret) {
            next.refused.insert(secret)
        }
        return next
    }

    private func listed(_ choices: [Choice], _ query: String, _ step: FlowStep, in state: FlowState) -> FlowState {
        guard case .select(let selection) = step.body else { return state }
        var next = state
        let matching = selection.searched ? choices : choices.filter { $0.answers(to: query) }
        if query.isEmpty, matching.isEmpty {
            let sentence =
                selection.empty ?? "\(connector.displayName) lists nothing to choose for “\(selection.label)”."
            return reopening(Problem("nothing_to_choose", .permanent, sentence, rung: .permissions), in: next)
        }
        if query.isEmpty, matching.count == 1 {
            next.answers[selection.field] = selection.many ? [.string(matching[0].value)] : .string(matching[0].value)
            next.done.append(DoneStep(step.id, .byItself))
        } else {
            next.options = OptionList(step: step.id, query: query, choices: matching)
        }
        return next
    }
}

extension AccountClash {
    func question(_ identity: Identity) -> PlatformQuestion {
        switch self {
        case .taken(let connection, let slug, let label):
            .sameAccount(connection: connection, slug: slug, label: label)
        case .different(let expected): .otherAccount(expected: expected, found: identity.label)
        }
    }
}

extension Choice {
    fileprivate func answers(to query: String) -> Bool {
        query.isEmpty || [label, value, detail ?? ""].contains { $0.lowercased().contains(query.lowercased()) }
    }
}
