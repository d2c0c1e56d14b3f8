internal import Foundation
internal import MaxConnector
internal import MaxCore
internal import MaxEngines
internal import MaxHub
internal import MaxSetup
internal import MaxTerminal

/// A respondent who is a person at a terminal, asked one question after the other.
struct Interview: Respondent {
    let terminal: Terminal
    let provider: String
    /// Answers given on the command line, each used once.
    var given: [String: GivenValue]
    /// Starts the sandbox that Enter alone takes.
    let sandbox: @Sendable () async throws -> SandboxWords?

    mutating func answer(_ form: FormView) async throws -> Response {
        if form.fields.isEmpty { return try await retry(form) }
        if form.problem == nil, !form.fields.contains(where: { $0.isUnanswered(by: given) }),
            form.fields.contains(where: { given[$0.spec.name] != nil })
        {
            let names = Set(form.fields.map(\.spec.name))
            defer { given = given.filter { !names.contains($0.key) } }
            return .answer(.submit(given.filter { names.contains($0.key) }))
        }
        return try await ask(form)
    }

    /// Asks a form's questions in turn; `<` goes to the one before, and from the first to the step before.
    private mutating func ask(_ form: FormView) async throws -> Response {
        var answers = takeGiven(for: form)
        let asked = form.fields.indices.filter { form.asks($0, beyond: answers) }
        tellAdvanced(form, asked, answers)
        var place = 0
        while place < asked.count {
            let field = form.fields[asked[place]]
            let isOffered = place == 0 && form.problem == nil && !field.isHeld
            let question = FieldQuestion(
                field: field, problem: place == 0 ? form.problem : nil, notices: place == 0 ? form.notices : [],
                canGoBack: form.step.canGoBack || place > 0, offer: isOffered ? form.sandboxOffer : nil)
            switch try await question.ask(on: terminal) {
            case .answered(let value): answers[field.spec.name] = value
            case .kept: break
            case .offerTaken: return try await takeSandbox()
            case .back where place == 0: return .back
            case .back:
                place -= 1
                continue
            }
            place += 1
        }
        return .answer(.submit(answers))
    }

    /// Takes what was given on the command line for a form that was not answered yet.
    private mutating func takeGiven(for form: FormView) -> [String: GivenValue] {
        guard form.problem == nil else { return [:] }
        let names = Set(form.fields.map(\.spec.name))
        defer { given = given.filter { !names.contains($0.key) } }
        return given.filter { names.contains($0.key) }
    }

    /// Says what is not asked and can be given all the same.
    private func tellAdvanced(_ form: FormView, _ asked: [Int], _ answers: [String: GivenValue]) {
        let left = form.fields.indices.filter { form.fields[$0].spec.isAdvanced && !asked.contains($0) }
            .map { form.fields[$0] }.filter { answers[$0.spec.name] == nil }
        guard let first = left.first, form.problem == nil else { return }
        let words = left.map(\.advancedWords).joined(separator: ", ")
        terminal.tell("\("Advanced: \(words) – change with --set \(first.spec.name)=…", .dim)")
    }

    private func takeSandbox() async throws -> Response {
        if let words = try await sandbox() {
            terminal.say("  A local \(provider) sandbox answers at \(words.address)")
            terminal.say("  \("Its keys, while this runs: \(words.page)", .dim)")
        }
        return .answer(.useSandbox())
    }

    private func retry(_ form: FormView) async throws -> Response {
        let prompt = LinePrompt(
            form.step.title, enterAlone: "Enter tries again", notices: form.notices + form.unproven,
            problem: form.isUnproven ? nil : form.problem?.words,
            canGoBack: form.step.canGoBack)
        return switch try await terminal.ask(prompt) {
        case .value: .answer(.retry)
        case .back: .back
        }
    }

    mutating func answer(_ choice: ChoiceView) async throws -> Response {
        if choice.problem == nil, let value = given.removeValue(forKey: choice.field), case .plain(let json) = value {
            return .answer(.choose(json.array?.compactMap(\.string) ?? [json.string ?? ""]))
        }
        let reply = try await terminal.choose(
            ListPrompt(
                choice.step.title, items: choice.options.map { $0.item }, many: choice.many,
                help: [choice.explanation].compactMap(\.self) + choice.notices, problem: choice.problem?.words,
                canGoBack: choice.step.canGoBack))
        return switch reply {
        case .value(let items): .answer(.choose(items.map(\.id)))
        case .back: .back
        }
    }

    func leave(
        _ step: SetupScene.OwnersStep, of scene: SetupScene,
        _ wait: @escaping @Sendable (SetupReport?) async throws -> SetupScene
    ) async throws -> SetupScene {
        for line in step.lines { terminal.say(line) }
        return try await climbing("Waiting until that is done there", wait)
    }

    func waiting(
        _ work: @escaping @Sendable (SetupReport?) async throws -> SetupScene
    ) async throws -> SetupScene {
        try await climbing("Checking with \(provider)", work)
    }

    /// Shows how far a check climbs while something is done, and leaves that on the screen.
    private func climbing(
        _ title: String, _ work: @escaping @Sendable (SetupReport?) async throws -> SetupScene
    ) async throws -> SetupScene {
        let climb = Climb(provider: provider)
        defer { climb.tell(on: terminal) }
        let picture: @Sendable () -> [StyledText] = { climb.lines(isOver: false) }
        return try await terminal.working(title, below: picture) { _ in
            try await work { climb.note($0) }
        }
    }
}

extension FormView {
    /// Whether a person is asked the question at that place: the one with the problem, or one that nobody answered yet.
    fileprivate func asks(_ place: Int, beyond answers: [String: GivenValue]) -> Bool {
        let field = fields[place]
        if let problem {
            let first = fields.firstIndex { $0.spec.name == problem.field } ?? 0
            return place == first || (place > first && field.isUnanswered(by: answers))
        }
        return answers[field.spec.name] == nil && !field.spec.isAdvanced
    }
}

extension FormView {
    /// What is kept and could not be proven, and why; nobody made a mistake.
    fileprivate var unproven: [String] {
        isUnproven ? ["\(Ladder.notProven). \(problem?.words ?? "")"] : []
    }
}

extension FormField {
    /// An advanced question with the answer that counts.
    fileprivate var advancedWords: String {
        guard let counting = value ?? spec.fallback else { return spec.label }
        let answer = spec.kind.options.first { .string($0.value) == counting }?.label ?? counting.typed
        return answer.isEmpty ? spec.label : "\(spec.label) (\(answer))"
    }
}

extension FieldKind {
    /// What there is to choose from.
    fileprivate var options: [Choice] {
        if case .choice(let options) = self { options } else { [] }
    }
}

extension SetupScene.OwnersStep {
    /// What was wrong before, and where to go.
    var lines: [StyledText] {
        [problem?.words].compactMap(\.self).map { "\("!", .warning) \($0)" }
            + ["\(title, .strong) · the owner answers this on the server's own page:", "  Open \(link, .accent)"]
            + [destination].compactMap(\.self).map { "  \("The secret goes to \($0), and nowhere else.", .dim)" }
    }
}

extension Choice {
    var item: ListPrompt.Item { ListPrompt.Item(id: value, label: label, detail: detail) }
}

extension Problem {
    /// The owner's sentence and what to do, for one place on a screen.
    var words: String? {
        sentence.map { sentence in remedy.map { "\(sentence) \($0)" } ?? sentence }
    }

    /// What to do, for one place on a screen.
    var remedy: String? {
        switch fix {
        case .link(let title, let url): "\(title): \(url.absoluteString)"
        case .action(let action): action
        case nil: nil
        }
    }
}
