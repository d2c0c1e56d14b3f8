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
    /// Shows the owner the way to a step that is theirs, and waits until they have taken it.
    ///
    /// - Parameter scene: How the setup stands at that step.
    func leave(
        _ step: SetupScene.OwnersStep, of scene: SetupScene,
        _ wait: @escaping @Sendable (SetupReport?) async throws -> SetupScene
    ) async throws -> SetupScene
    /// Lets an answer work, however long that takes, and shows that it does.
    func waiting(
        _ work: @escaping @Sendable (SetupReport?) async throws -> SetupScene
    ) async throws -> SetupScene
}

/// What a respondent says.
enum Response: Sendable {
    case answer(FlowAnswer)
    case back
}

/// One setup from its first question to its end, whoever answers.
struct Conversation: Sendable {
    let hub: any Hub

    /// Goes on until the connection is active, and tells what was done to answers on the way.
    ///
    /// A setup that is cancelled leaves nothing. One that fails is left for another try, unless nobody will make one.
    func hold(
        from beginning: SetupScene, with respondent: some Respondent, keepingFailures: Bool
    ) async throws -> (FinishedView, notices: [String]) {
        do { return try await converse(beginning, respondent) } catch {
            let wasCancelled = Task.isCancelled || error is CancellationError || error is TerminalError
            if wasCancelled || !keepingFailures { await hub.abandon(beginning) }
            throw error
        }
    }

    private func converse(
        _ beginning: SetupScene, _ respondent: some Respondent
    ) async throws -> (FinishedView, notices: [String]) {
        var respondent = respondent
        var notices: [String] = []
        var scene = beginning
        while true {
            notices += scene.notices.filter { !notices.contains($0) }
            let view: FlowView
            switch scene.view {
            case .shown(let shown): view = shown
            case .owners(let step):
                scene = try await respondent.leave(step, of: scene) { [scene] in
                    try await hub.awaitOwner(at: scene, report: $0)
                }
                continue
            }
            let response: Response
            switch view {
            case .form(let form): response = try await respondent.answer(form)
            case .choice(let choice): response = try await respondent.answer(choice)
            case .working:
                scene = try await respondent.waiting { [scene] in try await hub.resume(scene, report: $0) }
                continue
            case .open(let opening): throw Self.notHere(opening)
            case .finished(let finished): return (finished, notices)
            case .refused(let problem): throw problem
            }
            switch response {
            case .back: scene = try await hub.goBack(from: scene)
            case .answer(let answer):
                scene = try await respondent.waiting { [scene] in
                    try await hub.answer(scene, answer, report: $0)
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
