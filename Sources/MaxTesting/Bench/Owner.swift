internal import Foundation
internal import MaxConnector
internal import MaxCore
internal import MaxHub
internal import MaxSetup

/// Somebody who answers every question from a script.
struct Owner: Sendable {
    let bench: SetupBench
    var answers: [String: JSON]
    var secrets: [String: String]

    /// More questions than any conversation has.
    private static let mostQuestions = 60

    /// Begins a setup.
    func start() async throws -> SetupReply { try note(await bench.service.start(bench.connector.about.name)) }

    /// Begins to mend a connection.
    func reconnect(_ connection: Connection) async throws -> SetupReply {
        try note(await bench.service.reconnect(connection))
    }

    /// Begins a setup and answers until a problem, a question about another connection, or the end.
    func connect() async throws -> SetupReply { try await go(on: start()) }

    /// Goes back one question.
    func back(from reply: SetupReply) async throws -> SetupReply {
        try note(await bench.service.back(reply.session.id, revision: reply.session.revision))
    }

    /// Answers until a problem, a question about another connection, the end, or a view that is looked for.
    func go(on reply: SetupReply, until isFound: (FlowView) -> Bool = { _ in false }) async throws -> SetupReply {
        var reply = reply
        for _ in 0..<Self.mostQuestions {
            guard reply.view.isPlainQuestion, !isFound(reply.view) else { return reply }
            reply = try await answer(reply)
        }
        throw Shortfall(at: reply.view.title, expected: "an end", found: "more than \(Self.mostQuestions) questions")
    }

    /// Goes back to where a secret is asked, answers whatever is said about the last answer, then goes on.
    func mend(_ reply: SetupReply) async throws -> SetupReply {
        var reply = reply
        while reply.view.secrets.isEmpty, reply.view.canGoBack { reply = try await back(from: reply) }
        return try await go(on: answer(reply))
    }

    /// Answers the question at hand.
    func answer(_ reply: SetupReply) async throws -> SetupReply {
        switch reply.view {
        case .form(let form): try await give(.submit(given(to: form)), to: reply)
        case .choice(let choice): try await give(.choose(chosen(from: choice)), to: reply)
        case .open(let open):
            throw Shortfall(
                at: open.step.title, expected: "a form or a choice",
                found: "something that happens elsewhere, which this suite cannot do")
        case .working, .finished, .refused:
            throw Shortfall(at: reply.view.title, expected: "a question", found: reply.view.summary)
        }
    }

    /// Gives one answer.
    func give(_ answer: FlowAnswer, to reply: SetupReply) async throws -> SetupReply {
        try note(
            await bench.service.answer(reply.session.id, revision: reply.session.revision, answer))
    }

    private func note(_ reply: SetupReply) -> SetupReply {
        bench.evidence.add(reply.view, as: "the view at “\(reply.view.title ?? "the end")”")
        bench.evidence.add(reply.session, as: "the session")
        return reply
    }

    func given(to form: FormView) throws -> [String: GivenValue] {
        var given: [String: GivenValue] = [:]
        for field in form.fields {
            let spec = field.spec
            if spec.isSecret {
                given[spec.name] = secrets[spec.name].map { .secret(SecretValue($0)) }
            } else {
                given[spec.name] = answers[spec.name].map(GivenValue.plain)
            }
            let isAnswered = given[spec.name] != nil || field.isHeld || field.value != nil || spec.fallback != nil
            try require(
                isAnswered || !spec.required, at: form.step.title,
                expected: "an answer for “\(spec.name)” in the script",
                found: "none")
        }
        return given
    }

    private func chosen(from choice: ChoiceView) throws -> [String] {
        if choice.field == PlatformQuestion.hostField { return [PlatformAnswer.allow.rawValue] }
        try require(
            choice.question == nil, at: choice.step.title, expected: "no question about another connection",
            found: "“\(choice.explanation ?? choice.step.title)”")
        let scripted = answers[choice.field].map { $0.array?.compactMap(\.string) ?? [$0.string].compactMap(\.self) }
        return scripted ?? Array(choice.options.prefix(1).map(\.value))
    }
}

extension PlatformQuestion {
    /// The field of the question whether a host on this machine may be called.
    static let hostField = "platform.allow_host"
}

extension SetupBench {
    /// The owner of the script's account.
    var owner: Owner { Owner(bench: self, answers: script.answers, secrets: script.account) }

    /// The owner of the script's other account.
    var stranger: Owner { owner(answering: script.another) }

    /// The owner of the script's account with answers that make the provider misbehave.
    ///
    /// - Throws: ``Shortfall`` when the script has none.
    func owner(meeting fault: ProviderFault) throws -> Owner {
        guard let changes = script.faults[fault] else {
            throw Shortfall(expected: "the script to have the fault “\(fault.rawValue)”", found: "none")
        }
        return owner(answering: changes)
    }

    /// The owner of the script's account with other answers; what is no secret of the account's is an answer like any other.
    private func owner(answering changes: [String: String]) -> Owner {
        var owner = owner
        for (field, text) in changes {
            if script.account[field] != nil {
                owner.secrets[field] = text
            } else {
                owner.answers[field] = .string(text)
            }
        }
        return owner
    }
}

extension Owner {
    /// Submits these values as they are, and the script's for whatever else the form asks.
    func giveUnasked(_ values: [(String, GivenValue)], to reply: SetupReply) async throws -> SetupReply {
        guard case .form(let form) = reply.view else {
            throw Shortfall(at: reply.view.title, expected: "a form", found: reply.view.summary)
        }
        let given = try given(to: form).merging(values) { _, value in value }
        return try await give(.submit(given), to: reply)
    }
}
