internal import Foundation
internal import MaxConnector
internal import MaxCore
internal import MaxEngines
internal import MaxHub

/// Questions to answer together.
struct FormPart: Sendable {
    /// Nil where the only question is called the same.
    let title: String?
    let notices: [String]
    /// What belongs to no question of the form.
    let problem: ProblemPart?
    let fields: [FieldPart]
    /// What only those are asked who look for it.
    let advanced: AdvancedPart?
    let sandbox: String?
    /// How far the check came that led here, where it did not get through.
    let ladder: LadderPart?
    /// What its one main button does.
    let act: String
    let go: String

    init(_ view: FormView, typed: [String: String] = [:]) {
        let labels = view.fields.filter { !$0.spec.isAdvanced }.map(\.spec.label)
        title = labels == [view.step.title] ? nil : view.step.title
        notices = view.notices
        let parts = view.fields.enumerated().map { index, field in
            FieldPart(field, typed: typed[field.spec.name], number: index + 1, problem: view.problem)
        }
        ladder = view.problem == nil ? nil : LadderPart(view.ladder)
        fields = zip(view.fields, parts).filter { !$0.0.spec.isAdvanced }.map(\.1)
        advanced = AdvancedPart(zip(view.fields, parts).filter(\.0.spec.isAdvanced), typed: typed)
        problem = parts.contains { $0.problem != nil } ? nil : view.problem.map { ProblemPart($0, in: view) }
        sandbox = view.sandboxOffer
        (act, go) = view.fields.isEmpty ? ("retry", "Try again") : ("submit", "Continue")
    }
}

/// Questions that are folded away until somebody looks for them.
struct AdvancedPart: Sendable {
    let fields: [FieldPart]
    /// Whether it is unfolded: something is wrong there, or answered differently than by itself.
    let isOpen: Bool

    init?(_ fields: [(field: FormField, part: FieldPart)], typed: [String: String]) {
        guard !fields.isEmpty else { return nil }
        self.fields = fields.map(\.part)
        isOpen = fields.contains { field, part in
            let answer = typed[field.spec.name] ?? field.value?.typed
            return part.problem != nil || answer.map { $0 != field.spec.fallback?.typed ?? "" } == true
        }
    }
}

/// One question with a list of options.
struct ChoicePart: Sendable {
    /// How many options are shown at most.
    private static let mostOptions = 150
    /// From how many options on a list can be narrowed.
    private static let searchable = 20

    let title: String
    let explanation: String?
    let notices: [String]
    let problem: ProblemPart?
    let options: [PickPart]
    let hasPicks: Bool
    /// The answers to a question of the platform's own, each a button.
    let answers: [AnswerPart]
    /// The words by which the provider is asked for other options.
    let search: String?
    /// The words by which a long list is narrowed here.
    let narrowing: NarrowingPart?

    init(_ view: ChoiceView, query: String, action: String) {
        title = view.step.title
        notices = view.notices
        problem = view.problem.map { ProblemPart(asked: $0) }
        let isNarrowed = !view.isSearchable && view.options.count > Self.searchable
        let fitting =
            isNarrowed && !query.isEmpty
            ? view.options.filter { $0.label.localizedCaseInsensitiveContains(query) } : view.options
        let shown = Array(fitting.prefix(Self.mostOptions))
        let isOwn = view.question != nil
        options =
            isOwn
            ? []
            : FieldPart.picks(
                shown, FieldPlace(view.field, number: 1), chosen: shown.count == 1 ? [shown[0].value] : [],
                view.many ? "checkbox" : "radio")
        hasPicks = !options.isEmpty
        answers = isOwn ? shown.enumerated().map { AnswerPart($1, field: view.field, isFirst: $0 == 0) } : []
        search = view.isSearchable ? view.query : nil
        narrowing = isNarrowed ? NarrowingPart(action: action, query: query) : nil
        let hidden = fitting.count - shown.count
        let more = hidden > 0 ? "\(Phrase.number(hidden)) more are not shown; search for them." : nil
        let sentences = [view.explanation, fitting.isEmpty ? "Nothing is called that." : more].compactMap(\.self)
        explanation = sentences.isEmpty ? nil : sentences.joined(separator: " ")
    }
}

/// A box for narrowing a long list.
struct NarrowingPart: Sendable {
    let action: String
    let query: String
}

/// One answer to a question of the platform's own.
struct AnswerPart: Sendable {
    let label: String
    let detail: String?
    let name: String
    let value: String
    let style: String

    init(_ choice: Choice, field: String, isFirst: Bool) {
        (label, detail, value, name) = (choice.label, choice.detail, choice.value, FieldPlace.name(of: field))
        style = isFirst ? "primary" : "ordinary"
    }
}

extension ProblemPart {
    /// What went wrong with an answer; where trying again is all there is to do, nobody made a mistake.
    init(asked problem: Problem) {
        self.init(problem)
        if problem.kind == .retryable { (tone, role, icon) = ("amber", "status", "wait") }
    }

    /// What went wrong with a form, of which everything is kept where nobody made a mistake.
    fileprivate init(_ problem: Problem, in view: FormView) {
        self.init(asked: problem)
        lead = view.isUnproven ? "\(Ladder.notProven)." : nil
    }
}

/// A call to the provider under way.
struct WorkingPart: Sendable {
    let title: String
    let standing: String
    let ladder: LadderPart?

    init(_ view: WorkingView, provider: String) {
        title = view.step.id == "activate" ? "Connecting" : "Checking with \(provider)"
        standing = view.ladder?.doing.map { "\($0)…" } ?? "This takes a few seconds."
        ladder = LadderPart(view.ladder)
    }
}

/// Something that has to happen elsewhere.
struct OpenPart: Sendable {
    let title: String
    let sentence: String
    let page: LinkPart?
    let problem: ProblemPart?

    init(_ view: OpenView, provider: String) {
        title = view.step.title
        problem = view.problem.map { ProblemPart($0) }
        switch view.target {
        case .browser: (sentence, page) = ("You sign in to \(provider) in a browser on this server.", nil)
        case .device: (sentence, page) = ("This continues on the device that has the data.", nil)
        case .consent(let url):
            sentence = "\(provider) asks you on a page of its own whether Max may read your account."
            page = view.problem == nil ? LinkPart("Go to \(provider)", url) : nil
        case .upload(let accepts, _):
            let endings = accepts.map { ".\($0)" }.joined(separator: ", ")
            (sentence, page) = ("This continues with a file that you exported at \(provider): \(endings).", nil)
        }
    }
}

/// A setup that ended well: the account, and its first sync.
struct FinishedPart: Sendable {
    let rename: RenamePart
    let sync: SyncPart?
    let href: String
    /// What could not be proven, and why.
    let unproven: String?

    init(_ scene: FinishedScene, _ view: FinishedView, at path: String, _ setting: PageSetting) {
        unproven = view.ladder?.unprovenWords
        href = ConsolePath.connection(scene.connection.slug)
        rename = RenamePart(url: "\(href)/rename", csrf: setting.csrf, label: scene.connection.label, next: path)
        sync = scene.sync?.part
    }
}

/// The name of an account, to be changed.
struct RenamePart: Sendable {
    let url: String
    let csrf: String
    let label: String
    /// The page to come back to.
    let next: String
}
