internal import MaxConnector
internal import MaxHub
internal import MaxSetup
internal import MaxWire

extension SetupReply {
    /// Whether the question at hand is for the owner alone, and an agent only shows the way there.
    ///
    /// Secrets and files are; and so is where a secret that was given will be sent, and whether a private address may be
    /// called.
    var isOwners: Bool {
        switch view {
        case .form(let form):
            AgentViewBody(view) == nil || (hasSecret && form.fields.contains { $0.spec.name == reach })
        case .choice(let choice): choice.asksForHost || (hasSecret && choice.field == reach)
        case .working, .open, .finished, .refused: false
        }
    }

    /// Whether there is a secret that another address would get.
    private var hasSecret: Bool { !session.state.held.isEmpty || session.purpose == .reconnect }

    /// The field that decides where the provider is.
    private var reach: String? {
        if case .configured(let field) = connector.egress { field } else { nil }
    }
}

extension ChoiceView {
    fileprivate var asksForHost: Bool {
        switch question {
        case .allowHost: true
        case .sameAccount, .otherAccount, nil: false
        }
    }
}
