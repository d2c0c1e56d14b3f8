internal import Foundation
internal import MaxConnector
internal import MaxCore
internal import MaxHub
internal import MaxSetup
internal import MaxWire

/// A respondent that has everything prepared and never asks.
struct Script: Respondent {
    let given: [String: GivenValue]
    let allowedHosts: Set<String>
    let takesSuggestions: Bool
    /// The answers that were already tried, so that a refused one is not given for ever.
    private var tried: Set<String> = []

    init(given: [String: GivenValue], allowedHosts: [String], takesSuggestions: Bool) {
        self.given = given
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
        if let problem = choice.problem { throw problem }
        if choice.field.hasPrefix("platform.") { return .answer(.choose([try decide(choice).rawValue])) }
        if let value = given[choice.field], case .plain(let json) = value {
            return .answer(.choose(json.array?.compactMap(\.string) ?? [json.string ?? ""]))
        }
        guard takesSuggestions, let suggestion = choice.options.first else { throw MissingAnswers(choice) }
        return .answer(.choose([suggestion.value]))
    }

    private mutating func decide(_ choice: ChoiceView) throws -> PlatformAnswer {
        let words = choice.explanation ?? choice.step.title
        switch choice.field {
        case "platform.same_account" where takesSuggestions: return .update
        case "platform.same_account":
            throw Problem(
                "account_taken", .permanent, words, fix: .action("Give --yes to update that connection."))
        case "platform.allow_host":
            if let host = choice.options.last?.label.split(separator: " ").last.map(String.init),
                allowedHosts.contains(host), tried.insert(host).inserted
            {
                return .allow
            }
            throw Problem(
                "private_address", .permanent, words,
                fix: .action("Give --allow-host with that host if it is yours."))
        default:
            throw Problem(
                "account_other", .permanent, words, rung: .identity,
                fix: .action("Add the other account with max connect."))
        }
    }

    func waiting(
        for reply: SetupReply, _ work: @escaping @Sendable (SetupReport?) async throws -> SetupReply
    ) async throws -> SetupReply {
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
