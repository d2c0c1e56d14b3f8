internal import HTTPTypes
internal import MaxConnector
internal import MaxCore
internal import MaxEngines
internal import MaxHub
internal import MaxServer
internal import MaxSetup
internal import MaxWire

extension Call {
    /// Gives an answer to the setup that the path names.
    func giveAnswer() async throws -> SetupReply {
        let body = try body(as: SetupAnswerBody.self)
        let (revision, current) = (try revision(body.revision), try await driven())
        let given = sort(body.fields ?? [:], secrets: try await secretNames(current))
        let answer = try body.flowAnswer(given)
        try requireRight(to: answer, current, revision)
        if case .retry = answer, case .working = current.view, revision == current.session.revision {
            return try await engines.setup.resume(setup)
        }
        return try await minding { try await engines.setup.answer(setup, revision: revision, answer) }
    }

    /// Refuses an agent what is the owner's to answer.
    ///
    /// What an agent says to an earlier revision can only be the repetition of its own answer; a later one than the
    /// current it cannot have seen.
    private func requireRight(to answer: FlowAnswer, _ current: SetupReply, _ revision: Int) throws {
        guard case .agent = caller else { return }
        guard revision <= current.session.revision else { throw MaxError.revisionAhead }
        guard revision == current.session.revision, current.isOwners else { return }
        throw Refusal.ownerNeeded
    }

    /// The names of the secrets that this setup asks for; an agent gives none.
    private func secretNames(_ current: SetupReply) async throws -> Set<String> {
        guard case .owner = caller else { return [] }
        let rehearsed = try await engines.registry.connector(current.session.connector).flow.rehearse().fields
        var names = Set(rehearsed.filter(\.isSecret).map(\.name))
        if case .form(let form) = current.view { names.formUnion(form.fields.filter(\.spec.isSecret).map(\.spec.name)) }
        return names
    }

    /// The values as they are given to the engine, secrets apart from the rest.
    private func sort(_ fields: [String: JSON], secrets: Set<String>) -> [String: GivenValue] {
        var given: [String: GivenValue] = [:]
        for (name, value) in fields {
            if secrets.contains(name), let text = value.string {
                given[name] = .secret(SecretValue(text))
            } else {
                given[name] = .plain(value)
            }
        }
        return given
    }
}

extension SetupAnswerBody {
    /// The answer as the engine takes it.
    ///
    /// - Throws: ``MaxServer/Refusal`` with status 422 unless it is one answer.
    fileprivate func flowAnswer(_ given: [String: GivenValue]) throws -> FlowAnswer {
        let usesSandbox = useSandbox ?? false
        let ways = [fields != nil || usesSandbox, choose != nil, search != nil, retry ?? false].filter(\.self).count
        guard ways == 1 else { throw Refusal.answersMixed }
        if let choose { return .choose(choose) }
        if let search { return .search(search) }
        if usesSandbox { return .useSandbox(over: given) }
        return fields == nil ? .retry : .submit(given)
    }
}

extension Refusal {
    fileprivate static let answersMixed = Refusal(
        .unprocessableContent, "body_unfit", "An answer is one of fields, choose, search, retry and useSandbox.",
        fix: "Give exactly one of them; fields may go with useSandbox.")
}

extension MaxError {
    fileprivate static let revisionAhead = MaxError(
        .revisionStale, "This setup has no such revision yet.", fix: "Look at its current view and answer that.")
}
