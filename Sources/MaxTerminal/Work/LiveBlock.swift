/// A few lines that are drawn again in place, without a moment in which they are not there.
///
/// Each line is written over the one before it, and only what is left of that is erased.
struct LiveBlock: Sendable {
    private let terminal: Terminal
    private var drawn: [StyledText] = []
    private var shown = ""

    init(_ terminal: Terminal) {
        self.terminal = terminal
    }

    /// Shows `lines` in place of those drawn before: the last of them, where all would not fit into the window.
    mutating func draw(_ lines: [StyledText]) {
        let lines = lines.suffix(terminal.height - 1).map { $0.truncated(to: terminal.width - 1) }
        let text = lines.map { terminal.style.render($0) + "\u{1B}[K" }.joined(separator: "\n")
        guard text != shown else { return }
        write(wayToTop + text + "\u{1B}[J", to: terminal.output)
        (drawn, shown) = (lines, text)
    }

    /// Leaves `lines` in place of those drawn before, with the cursor on a fresh line under them.
    mutating func settle(_ lines: [StyledText]) {
        let lines = lines.map { $0.truncated(to: terminal.width - 1) }
        let text = lines.map { terminal.style.render($0) + "\u{1B}[K\n" }.joined()
        write(wayToTop + text + "\u{1B}[J", to: terminal.output)
        lose()
    }

    /// Takes what was drawn away.
    mutating func clear() {
        write(wayToTop + "\u{1B}[J", to: terminal.output)
        lose()
    }

    /// Forgets what was drawn: something else has written since, and the next drawing begins on the line it is on.
    mutating func lose() {
        (drawn, shown) = ([], "")
    }

    /// The way from the end of the last line to the beginning of the first, as wide as the window is now.
    private var wayToTop: String {
        let columns = terminal.width
        let rows = drawn.reduce(0) { $0 + max(1, ($1.width + columns - 1) / columns) }
        return (rows > 1 ? "\u{1B}[\(rows - 1)A" : "") + "\r"
    }
}
