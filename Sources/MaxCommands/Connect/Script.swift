internal import Foundation
internal import MaxClient
internal import MaxConnector
internal import MaxCore
internal import MaxHub
internal import MaxSetup
internal import MaxTerminal
internal import MaxWire

/// A respondent that has everything prepared and never asks.
struct Script: Respondent {
    let given: [String: GivenValue]
    let allowedHosts: Set<String>
    let takesSuggestions: Bool
    /// Says a line for whoever reads along.
    private let say: @Sendable (StyledText) -> Void
    /// Shows a program how a setup stands that waits for the owner.
    private let show: @Sendable (Client.SetupStanding) -> Void
    /// The hosts that were allowed already, so that none is allowed for ever.
    private var tried: Set<String> = []

    init(
        given: [String: GivenValue], allowedHosts: [String], takesSuggestions: Bool,
        say: @escaping @Sendable (StyledText) -> Void,
        show: @escaping @Sendable (Client.SetupStanding) -> Void = { _ in }
    ) {
        (self.given, self.say, self.show) = (given, say, show)
        self.allowedHosts = Set(allowedHosts)
        self.takesSuggestions = takesSuggestions
    }

    mutating func answer(_ form: FormView) async throws -> Response {
        if let problem = form.problem { throw problem }
        let missing = form.fields.filter { $0.isUnanswered(by: given) }
        guard missing.isEmpty else { throw MissingAnswers(missing.map(\.spec)) }
        let names = Set(form.fields.map(\.spec.name))
        return .answer(.submit(given.filter { names.contains($0.key) }))
    }

    mutating func answer(_ choice: ChoiceView) async throws -> Response {
        if let problem = choice.problem { throw problem.listing(choice.options) }
        if let question = choice.question { return .answer(.choose([try decide(question, choice).rawValue])) }
        if let value = given[choice.field], case .plain(let json) = value {
            return .answer(.choose(json.array?.compactMap(\.string) ?? [json.string ?? ""]))
        }
        guard takesSuggestions, let suggestion = choice.options.first else { throw MissingAnswers(choice) }
        return .answer(.choose([suggestion.value]))
    }

    private mutating func decide(_ question: PlatformQuestion, _ choice: ChoiceView) throws -> PlatformAnswer {
        switch question {
        case .allowHost(let host, _) where allowedHosts.contains(host) && tried.insert(host).inserted: .allow
        case .allowHost(let host, _):
            throw refusal("private_address", choice, fix: "Give --allow-host \(host) if that host is yours.")
        case .sameAccount where takesSuggestions: .update
        case .sameAccount: throw refusal("account_taken", choice, fix: "Give --yes to update that connection.")
        case .otherAccount:
            throw refusal("account_other", choice, on: .identity, fix: "Add the other account with max connect.")
        }
    }

    private func refusal(_ code: String, _ choice: ChoiceView, on rung: Rung? = nil, fix: String) -> Problem {
        Problem(code, .permanent, choice.explanation ?? choice.step.title, rung: rung, fix: .action(fix))
    }

    func leave(
        _ step: SetupScene.OwnersStep, of scene: SetupScene,
        _ wait: @escaping @Sendable (SetupReport?) async throws -> SetupScene
    ) async throws -> SetupScene {
        for line in step.lines { say(line) }
        if let standing = scene.standing { show(standing) }
        return try await wait(nil)
    }

    func waiting(
        _ work: @escaping @Sendable (SetupReport?) async throws -> SetupScene
    ) async throws -> SetupScene {
        try await work(nil)
    }
}

/// Answers that are needed and that nobody can be asked for.
struct MissingAnswers: Error {
    let answers: [MissingAnswerBody]

    init(_ specs: [FieldSpec]) { answers = specs.map { MissingAnswerBody($0) } }

    init(_ choice: ChoiceView) {
        answers = [
            MissingAnswerBody(
                field: choice.field, label: choice.step.title, type: "choice", give: ["--set \(choice.field)=…"],
                options: choice.options.map { OptionBody(value: $0.value, label: $0.label, detail: $0.detail) })
        ]
    }

    /// The answers as a reply to whoever called.
    var body: ErrorBody {
        let names = answers.map(\.label).joined(separator: ", ")
        return ErrorBody(
            ProblemBody(
                MaxError(
                    "answers_missing", "\(answers.count == 1 ? "An answer is" : "Answers are") missing: \(names).",
                    fix: "Give \(answers.count == 1 ? "it" : "them") as shown.")),
            missing: answers)
    }
}

extension Problem {
    /// The same problem with the options there are, where it says nothing better to do.
    fileprivate func listing(_ options: [Choice]) -> Problem {
        guard fix == nil, !options.isEmpty else { return self }
        let names = options.prefix(20).map(\.label) + (options.count > 20 ? ["…"] : [])
        var problem = self
        problem.fix = .action("Choose one of: \(names.joined(separator: ", ")).")
        return problem
    }
}

extension MissingAnswerBody {
    init(_ spec: FieldSpec) {
        let give =
            spec.isSecret
            ? [
                "--secret-env \(spec.name)=NAME", "--secret-file \(spec.name)=path",
                "--secret-stdin \(spec.name)",
            ] : ["--set \(spec.name)=…"]
        self.init(field: spec.name, label: spec.label, type: spec.kind.word, give: give)
    }
}

extension FormField {
    /// Whether it has to be answered and is not.
    func isUnanswered(by given: [String: GivenValue]) -> Bool {
        spec.required && spec.fallback == nil && value == nil && !isHeld && given[spec.name] == nil
    }
}
