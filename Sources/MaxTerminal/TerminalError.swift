/// A reason why a question went without an answer.
package enum TerminalError: Error, Equatable {
    /// The person pressed Ctrl-C, the process was interrupted, or the task was cancelled.
    case cancelled

    /// The input ended: Ctrl-D on an empty line, or the terminal went away.
    case endOfInput

    /// There is no terminal to ask on; nothing was read.
    case notInteractive
}
