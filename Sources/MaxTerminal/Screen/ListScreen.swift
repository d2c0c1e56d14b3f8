extension Screen {
    /// Rows around the entries of a list: its question, the line to type in, the count, the way back.
    private static let listFrame = 5

    /// How many entries of `prompt` are seen at a time in a window of `height` rows.
    static func page(of prompt: ListPrompt, width: Int, height: Int) -> Int {
        var around = Screen(lines: [])
        for line in prompt.help { around.append(line, .dim, width: width) }
        if let problem = prompt.problem { around.append(problem, .bad, width: width) }
        return max(3, height - listFrame - around.lines.count)
    }

    /// Shows a list prompt that is being answered, in `width` columns, `page` entries at a time.
    init(_ prompt: ListPrompt, editor: ListEditor, isSearching: Bool, width: Int, page: Int) {
        self.init(lines: ["\("?", .accent) \(prompt.label, .strong)"])
        for line in prompt.help { append(line, .dim, width: width) }
        let start: StyledText = "  \("›", .accent) "
        let typed = StyledText(editor.query).truncated(to: width - 6)
        lines.append(start + (editor.query.isEmpty ? Self.hint(prompt, width: width) : typed))
        caret = Caret(line: lines.count - 1, column: 4 + typed.width)

        let first = min(max(0, editor.pointer - page / 2), max(0, editor.visible.count - page))
        let shown = editor.visible.indices.dropFirst(first).prefix(page)
        let digits = String(editor.items.count).count
        for index in shown {
            let row = Self.row(prompt, editor, at: index, digits: digits)
            lines.append(row.truncated(to: width - 1))
        }
        if let count = Self.count(editor, shown: shown.count, isSearching: isSearching) {
            lines.append(StyledText("  " + count, .dim).truncated(to: width - 1))
        }
        if prompt.canGoBack { lines.append(StyledText("  < and Enter goes back", .dim)) }
        if let problem = prompt.problem { append(problem, .bad, mark: "\("  ✗", .bad) ", width: width) }
    }

    private static func hint(_ prompt: ListPrompt, width: Int) -> StyledText {
        let full = prompt.many ? "number, arrows or typing; Space ticks, Enter is done" : "number, arrows or typing"
        let short = prompt.many ? "Space ticks, Enter is done" : full
        return StyledText(full.count < width - 5 ? full : short, .dim).truncated(to: width - 5)
    }

    private static func row(_ prompt: ListPrompt, _ editor: ListEditor, at index: Int, digits: Int) -> StyledText {
        let item = editor.items[editor.visible[index]]
        let isPointed = index == editor.pointer
        let number = String(editor.visible[index] + 1)
        let margin = String(repeating: " ", count: digits - number.count)
        var row: StyledText = "\(isPointed ? "❯" : " ", .accent) \(margin + number, .dim)  "
        if prompt.many { row = row + (editor.isTicked(item) ? "[\("✓", .good)] " : "[ ] ") }
        row.append(item.label, isPointed ? .accent : .plain)
        if let detail = item.detail { row.append("  " + detail, .dim) }
        return row
    }

    private static func count(_ editor: ListEditor, shown: Int, isSearching: Bool) -> String? {
        if isSearching { return "Searching…" }
        if editor.items.isEmpty { return "There is nothing to choose from." }
        if editor.visible.isEmpty { return "Nothing matches; Esc shows all again." }
        return shown < editor.visible.count ? "\(editor.pointer + 1) of \(editor.visible.count)" : nil
    }
}
