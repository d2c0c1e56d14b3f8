/// The lines a prompt has drawn, redrawn in place.
///
/// Knows where the cursor was left, nothing of what the lines mean.
struct Canvas: Sendable {
    private let terminal: Terminal
    private var drawn = Screen(lines: [])

    init(_ terminal: Terminal) {
        self.terminal = terminal
    }

    /// Shows `screen` in place of what was drawn before.
    ///
    /// A terminal that cannot move its cursor is shown the first screen only, the line to type in last.
    mutating func draw(_ screen: Screen) {
        guard terminal.isLive else { return drawOnce(screen) }
        let screen = screen.fitted(to: terminal.height - 1, columns: terminal.width)
        var output = wayToTop + screen.lines.map(terminal.style.render).joined(separator: "\n")
        if let caret = screen.caret {
            output += wayBack(to: caret, in: screen) + "\u{1B}[?25h"
        } else {
            output += "\u{1B}[?25l"
        }
        write(output, to: terminal.output)
        drawn = screen
    }

    /// Leaves `lines` in place of what was drawn, with the cursor on a fresh line under them.
    mutating func settle(_ lines: [StyledText]) {
        let text = lines.map { terminal.style.render($0.truncated(to: terminal.width - 1)) + "\n" }.joined()
        write(terminal.isLive ? wayToTop + text : "", to: terminal.output)
        drawn = Screen(lines: [])
    }

    /// Forgets what was drawn: something else has written since, and the next drawing begins on the line it is on.
    mutating func lose() {
        drawn = Screen(lines: [])
    }

    private mutating func drawOnce(_ screen: Screen) {
        guard drawn.lines.isEmpty else { return }
        let isAbove = { (line: Int) in line != screen.caret?.line }
        let above = screen.lines.indices.filter(isAbove).map { screen.lines[$0].text + "\n" }.joined()
        write(above + (screen.caret == nil ? "" : "  > "), to: terminal.output)
        drawn = screen
    }

    /// The way from the cursor to the first line, as wide as the window is now, with all erased from there on.
    private var wayToTop: String {
        guard !drawn.lines.isEmpty else { return "\r\u{1B}[J" }
        let columns = terminal.width
        let caret = drawn.caret ?? .init(line: drawn.lines.count - 1, column: drawn.lines.last?.width ?? 0)
        let up = drawn.rows(before: caret.line, columns: columns) + max(0, caret.column - 1) / columns
        return (up > 0 ? "\u{1B}[\(up)A" : "") + "\r\u{1B}[J"
    }

    private func wayBack(to caret: Screen.Caret, in screen: Screen) -> String {
        let columns = terminal.width
        let last = screen.rows(before: screen.lines.count, columns: columns) - 1
        let up = last - screen.rows(before: caret.line, columns: columns)
        return (up > 0 ? "\u{1B}[\(up)A" : "") + "\r" + (caret.column > 0 ? "\u{1B}[\(caret.column)C" : "")
    }
}

extension Screen {
    /// Rows that the lines before `line` take in a window of `columns`.
    fileprivate func rows(before line: Int, columns: Int) -> Int {
        lines.prefix(line).reduce(0) { $0 + $1.rows(columns: columns) }
    }

    /// Without the first lines, where all of them would not fit.
    fileprivate func fitted(to height: Int, columns: Int) -> Screen {
        var screen = self
        while screen.lines.count > 1, screen.rows(before: screen.lines.count, columns: columns) > height {
            screen.lines.removeFirst()
            screen.caret?.line -= 1
        }
        return screen
    }
}

extension StyledText {
    fileprivate func rows(columns: Int) -> Int {
        max(1, (width + columns - 1) / columns)
    }
}
