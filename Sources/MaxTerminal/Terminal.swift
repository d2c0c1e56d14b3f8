internal import Glibc

/// The person's end of the program: questions and progress on one descriptor, answers from another.
///
/// A value without state of its own: the terminal is changed only while a prompt or `working` runs, and is given back
/// on every way out of it: an answer, a thrown error, Ctrl-C, Ctrl-Z, a fatal signal.
package struct Terminal: Sendable {
    /// Where answers are read from.
    package let input: Int32

    /// Where everything for people is written: standard error, so that standard output stays clean for results.
    package let output: Int32

    /// How tones are shown; plain with `NO_COLOR`, on a dumb terminal and on anything that is no terminal.
    package let style: Style

    /// Whether the output understands cursor movement.
    package let isLive: Bool

    /// Columns to assume where the output does not tell.
    private let fallbackWidth: Int

    /// Reads `NO_COLOR`, `TERM` and `COLUMNS` from `environment`, and nothing later.
    package init(input: Int32 = 0, output: Int32 = 2, environment: [String: String]) {
        let kind = environment["TERM"] ?? "dumb"
        let isLive = isatty(output) == 1 && kind != "dumb" && !kind.isEmpty
        self.input = input
        self.output = output
        self.isLive = isLive
        style = isLive && (environment["NO_COLOR"] ?? "").isEmpty ? .ansi : .plain
        fallbackWidth = environment["COLUMNS"].flatMap { Int($0) } ?? 80
    }

    /// Whether a person can be asked: both ends are terminals.
    package var isInteractive: Bool {
        isatty(input) == 1 && isatty(output) == 1
    }

    /// Whether what is written is shown in a window, and not kept or handed on.
    package var isShown: Bool {
        isatty(output) == 1
    }

    /// Columns of the window as it is now, at least 20.
    package var width: Int {
        max(20, size?.columns ?? fallbackWidth)
    }

    /// Rows of the window as it is now, at least 6.
    var height: Int {
        max(6, size?.rows ?? 24)
    }

    /// Writes a line for people; control characters in it are made harmless.
    package func say(_ line: String) {
        say(StyledText(line))
    }

    /// Writes a line for people, with tones, as in `say("Connected as \(label, .strong)")`.
    ///
    /// During `working` it takes the place of the working line, which comes again under it.
    package func say(_ line: StyledText) {
        let clear = isLive && TerminalSession.isActive ? "\r\u{1B}[J" : ""
        write(clear + style.render(line) + "\n", to: output)
    }

    /// Writes sentences for people, broken between words where the window ends.
    ///
    /// What is meant to be copied, such as a command, is better said as a line: the terminal keeps that in one piece.
    package func tell(_ sentences: StyledText) {
        guard isLive else { return say(sentences) }
        for line in sentences.wrapped(to: width - 1) { say(line) }
    }

    private var size: (columns: Int, rows: Int)? {
        var window = winsize()
        guard ioctl(output, UInt(TIOCGWINSZ), &window) == 0, window.ws_col > 0, window.ws_row > 0 else { return nil }
        return (Int(window.ws_col), Int(window.ws_row))
    }
}
