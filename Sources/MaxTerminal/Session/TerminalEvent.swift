/// Something that happens while a prompt has the terminal.
enum TerminalEvent: Sendable {
    case key(Key)

    /// Ctrl-C, or SIGINT from elsewhere.
    case interrupted

    /// The window changed its size.
    case resized

    /// The process had been stopped and goes on: nothing of what was drawn is where it was.
    case resumed

    /// There will be no more input.
    case closed

    /// A search came back; nil when it failed. The number says for which query.
    case found(Int, [ListPrompt.Item]?)
}
