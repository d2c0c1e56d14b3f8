extension Screen {
    private static let mark: StyledText = "\("?", .accent) "

    /// Shows a line prompt that is being answered, in `width` columns.
    init(_ prompt: LinePrompt, editor: LineEditor, masked: Bool, width: Int) {
        self.init(lines: Self.question(prompt, width: width))
        for line in prompt.help { append(line, .dim, width: width) }
        for notice in prompt.notices { append(notice, .warning, mark: "\("  !", .warning) ", width: width) }
        if prompt.canGoBack { append("< and Enter goes back", .dim, width: width) }

        let window = LineWindow(editor, masked: masked, width: width - 5)
        lines.append("  \("›", .accent) \(window.text)" + window.hint(for: prompt))
        caret = Caret(line: lines.count - 1, column: 4 + window.caret)
        if editor.trimmedPaste { append(Self.trimmedPaste, .dim, mark: "    ", width: width) }
        if let problem = prompt.problem { append(problem, .bad, mark: "\("  ✗", .bad) ", width: width) }
    }

    static let trimmedPaste = "Removed a line break from what you pasted."

    private static func question(_ prompt: LinePrompt, width: Int) -> [StyledText] {
        var screen = Screen(lines: [])
        let example = prompt.example.map { StyledText("  " + $0, .dim) } ?? ""
        let line = mark + StyledText(prompt.label, .strong) + example
        if line.width < width {
            screen.lines = [line]
        } else {
            screen.append(prompt.label, .strong, mark: mark, width: width)
            if let example = prompt.example { screen.append(example, .dim, width: width) }
        }
        if let enterAlone = prompt.enterAlone { screen.append(enterAlone, .dim, width: width) }
        return screen.lines
    }
}

/// The part of a line around the cursor that fits into a width.
private struct LineWindow {
    var text: String
    var caret: Int
    private let isEmpty: Bool
    private let width: Int

    init(_ editor: LineEditor, masked: Bool, width: Int) {
        var start = editor.cursor
        var columns = 0
        // The cursor may stand up to the last column; what is before it scrolls.
        while start > 0 {
            let next = Self.shown(editor.characters[start - 1], masked: masked).displayWidth
            guard columns + next < width else { break }
            columns += next
            start -= 1
        }
        var end = editor.cursor
        var total = columns
        while end < editor.characters.count {
            total += Self.shown(editor.characters[end], masked: masked).displayWidth
            guard total < width else { break }
            end += 1
        }
        text = editor.characters[start..<end].map { Self.shown($0, masked: masked) }.joined()
        caret = columns
        isEmpty = editor.isEmpty
        self.width = width
    }

    /// What stands dim in an empty line: the answer that Enter alone gives.
    func hint(for prompt: LinePrompt) -> StyledText {
        guard isEmpty else { return "" }
        if prompt.held { return StyledText("••••••••  Enter alone keeps it", .dim).truncated(to: width) }
        return StyledText(prompt.default ?? "", .dim).truncated(to: width)
    }

    private static func shown(_ character: Character, masked: Bool) -> String {
        masked ? "•" : character == "\n" ? "⏎" : String(character).harmless
    }
}
