extension Terminal {
    /// Asks for a line of text.
    ///
    /// Enter alone gives the default, and without one the empty string.
    package func ask(_ prompt: LinePrompt) async throws(TerminalError) -> Reply<String> {
        var prompt = prompt
        prompt.held = false
        return try await edit(prompt, masked: false)
    }

    /// Asks for a secret: every character shows as a dot, and nothing of it reaches the screen.
    ///
    /// Gives UTF-8; empty for Enter alone, which keeps the secret where the prompt says that one is `held`.
    package func askSecret(_ prompt: LinePrompt) async throws(TerminalError) -> Reply<[UInt8]> {
        var prompt = prompt
        prompt.text = ""
        prompt.default = nil
        switch try await edit(prompt, masked: true) {
        case .value(let secret): return .value(Array(secret.utf8))
        case .back: return .back
        }
    }

    /// Asks a question to be answered with yes or no; Enter alone gives the default.
    package func confirm(_ question: String, default: Bool) async throws(TerminalError) -> Reply<Bool> {
        var prompt = LinePrompt(question, default: `default` ? "yes" : "no", example: "yes or no")
        while true {
            guard case .value(let answer) = try await ask(prompt) else { return .back }
            switch answer.lowercased() {
            case "y", "yes": return .value(true)
            case "n", "no": return .value(false)
            default: prompt.problem = "Answer yes or no."
            }
        }
    }

    private func edit(_ prompt: LinePrompt, masked: Bool) async throws(TerminalError) -> Reply<String> {
        guard isInteractive else { throw .notInteractive }
        let mode = isLive ? TerminalMode.keys : .lines(echo: !masked)
        let reply = try await TerminalSession.run(on: self, mode: mode) { events throws(TerminalError) in
            try await edit(prompt, masked: masked, events)
        }
        guard let reply else { throw .notInteractive }
        return reply
    }

    private func edit(
        _ prompt: LinePrompt, masked: Bool, _ events: TerminalEvents
    ) async throws(TerminalError) -> Reply<String> {
        let prompt = isLive ? prompt : prompt.forWholeLines(masked: masked)
        var canvas = Canvas(self)
        do throws(TerminalError) {
            let editor = try await editedLine(prompt, masked: masked, events, &canvas)
            if prompt.canGoBack, editor.text == "<" {
                canvas.settle([])
                return .back
            }
            let answer = editor.isEmpty ? prompt.default ?? "" : editor.text
            canvas.settle(prompt.settled(answer, masked: masked, trimmedPaste: editor.trimmedPaste))
            return .value(answer)
        } catch {
            canvas.settle(["\("?", .dim) \(prompt.label, .dim)"])
            throw error
        }
    }

    /// Lets the person edit until Enter.
    private func editedLine(
        _ prompt: LinePrompt, masked: Bool, _ events: TerminalEvents, _ canvas: inout Canvas
    ) async throws(TerminalError) -> LineEditor {
        var prompt = prompt
        var editor = LineEditor(prompt.text)
        while true {
            canvas.draw(Screen(prompt, editor: editor, masked: masked, width: width))
            switch try await events.next() {
            case .key(.enter):
                guard let problem = prompt.refusal(of: editor) else { return editor }
                prompt.problem = problem
                if masked || !isLive { editor = LineEditor("") }
                if !isLive { canvas.lose() }
            case .key(.control("d")) where editor.isEmpty: throw .endOfInput
            case .key(let key): editor.apply(key)
            case .resumed: canvas.lose()
            default: break
            }
        }
    }
}

extension LinePrompt {
    /// The same question where a line cannot be edited in place: what would stand in it is what Enter alone gives, and
    /// that is said.
    fileprivate func forWholeLines(masked: Bool) -> LinePrompt {
        var prompt = self
        if !text.isEmpty { (prompt.text, prompt.default, prompt.enterAlone) = ("", text, nil) }
        if masked, held {
            prompt.enterAlone = "Enter alone keeps the one that was given"
        } else if prompt.enterAlone == nil, let answer = prompt.default, !answer.isEmpty {
            prompt.enterAlone = "Enter alone takes \(answer)"
        }
        return prompt
    }

    /// Why what was typed cannot be taken; going back always can.
    fileprivate func refusal(of editor: LineEditor) -> String? {
        if canGoBack, editor.text == "<" { return nil }
        return check?(editor.isEmpty ? self.default ?? "" : editor.text)
    }

    /// What stays on the screen of an answered question.
    ///
    /// A secret leaves as many dots as any other.
    fileprivate func settled(_ answer: String, masked: Bool, trimmedPaste: Bool) -> [StyledText] {
        let given = masked ? (answer.isEmpty && !held ? "" : "••••••••") : answer
        let shown = given.isEmpty ? emptyAnswer : given
        let line: StyledText = "\("›", .accent) \(label)  \(shown, .strong)"
        return trimmedPaste ? [line, StyledText("  " + Screen.trimmedPaste, .dim)] : [line]
    }
}
