internal import MaxConnector
internal import MaxCore
internal import MaxHub
internal import MaxSetup
internal import MaxTerminal

/// Whoever answers a setup's questions: a person at a terminal, or a script with everything prepared.
protocol Respondent: Sendable {
    /// Answers a form.
    mutating func answer(_ form: FormView) async throws -> Response
    /// Answers a choice; `search` asks the provider for other options.
    mutating func answer(_ choice: ChoiceView) async throws -> Response
    /// Lets an answer work, however long that takes, and shows that it does.
    func waiting(
        for reply: SetupReply, _ work: @escaping @Sendable (SetupReport?) async throws -> SetupReply
    ) async throws -> SetupReply
}

/// What a respondent says.
enum Response: Sendable {
    case answer(FlowAnswer)
    case back
}

/// One setup from its first question to its end, whoever answers.
struct Conversation: Sendable {
    let setup: SetupService

    /// Goes on until the connection is active, and tells what was done to answers on the way.
    ///
    /// A setup that is cancelled leaves nothing. One that fails is left for another try, unless nobody will make one.
    func hold(
        from beginning: SetupReply, with respondent: some Respondent, keepingFailures: Bool
    ) async throws -> (FinishedView, notices: [String]) {
        do { return try await converse(beginning, respondent) } catch {
            let wasCancelled = Task.isCancelled || error is CancellationError || error is TerminalError
            if wasCancelled || !keepingFailures { await setup.abandon(beginning.session.id) }
            throw error
        }
    }

    private func converse(
        _ beginning: SetupReply, _ respondent: some Respondent
    ) async throws -> (FinishedView, notices: [String]) {
        var respondent = respondent
        var notices: [String] = []
        var reply = beginning
        while true {
            notices += reply.session.state.notices.filter { !notices.contains($0) }
            let response: Response
            switch reply.view {
            case .form(let form): response = try await respondent.answer(form)
            case .choice(let choice): response = try await respondent.answer(choice)
            case .working:
                let id = reply.session.id
                reply = try await respondent.waiting(for: reply) { try await setup.resume(id, report: $0) }
                continue
            case .open(let opening): throw Self.notHere(opening)
            case .finished(let finished): return (finished, notices)
            case .refused(let problem): throw problem
            }
            let session = reply.session
            switch response {
            case .back: reply = try await setup.back(session.id, revision: session.revision)
            case .answer(let answer):
                reply = try await respondent.waiting(for: reply) {
                    try await setup.answer(session.id, revision: session.revision, answer, report: $0)
                }
            }
        }
    }

    private static func notHere(_ opening: OpenView) -> MaxError {
        MaxError(
            "step_elsewhere", "“\(opening.step.title)” has to happen outside this terminal.",
            fix: "This version of Max cannot open it.")
    }
}

extension SetupService {
    /// Ends a setup without a trace, even where the task at hand is cancelled and could not write any more.
    func abandon(_ session: SessionID) async {
        let ending = Task { try await cancel(session) }
        _ = try? await ending.value
    }
}
