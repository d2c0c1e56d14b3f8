internal import MaxConnector
internal import MaxCore
internal import MaxHub

extension FlowView {
    private var step: StepView? {
        switch self {
        case .form(let form): form.step
        case .choice(let choice): choice.step
        case .working(let working): working.step
        case .open(let open): open.step
        case .finished, .refused: nil
        }
    }

    /// The heading; nil at the end.
    var title: String? { step?.title }
    /// What tells a question from all others of the same setup; nil at the end.
    var question: String? { step?.id }
    /// Whether there is an earlier question.
    var canGoBack: Bool { step?.canGoBack ?? false }

    /// What is said to be wrong.
    var problem: Problem? {
        switch self {
        case .form(let form): form.problem
        case .choice(let choice): choice.problem
        case .open(let open): open.problem
        case .refused(let problem): problem
        case .working, .finished: nil
        }
    }

    /// The end, if it ended well.
    var finish: FinishedView? {
        if case .finished(let view) = self { view } else { nil }
    }

    /// The names of the secrets it asks for.
    var secrets: [String] {
        if case .form(let form) = self { form.fields.filter(\.spec.isSecret).map(\.spec.name) } else { [] }
    }

    /// Whether it is a question with nothing wrong about it, and none about another connection.
    var isPlainQuestion: Bool {
        switch self {
        case .form(let form): form.problem == nil
        case .choice(let choice):
            choice.problem == nil && (choice.question == nil || choice.field == PlatformQuestion.hostField)
        case .working, .open, .finished, .refused: false
        }
    }

    /// What it is, in a few words.
    var summary: String {
        let said = problem.map { ", saying “\($0.sentence ?? $0.code)” (\($0.code), \($0.kind.rawValue))" } ?? ""
        return switch self {
        case .form(let form): form.fields.isEmpty ? "nothing to do but to try again\(said)" : "a form\(said)"
        case .choice: "a choice\(said)"
        case .working: "a call under way"
        case .open: "something that happens elsewhere\(said)"
        case .finished(let end): "a connected account\(end.identity.map { ", \($0.label)" } ?? "")"
        case .refused: "a setup that cannot go on\(said)"
        }
    }
}
