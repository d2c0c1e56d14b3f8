internal import Glibc

/// A way of having the terminal.
enum TerminalMode: Sendable {
    /// Every key as it is pressed, nothing echoed: for prompts.
    case keys

    /// Whole lines, edited by the terminal itself; for terminals that cannot move their cursor.
    case lines(echo: Bool)

    /// Nothing is asked: what is typed is not shown and is dropped at the end. Ctrl-C and its like stay signals.
    case deaf

    /// The attributes of this mode, made from those the terminal had.
    func attributes(from cooked: termios) -> termios {
        var attributes = cooked
        switch self {
        case .keys:
            attributes.c_iflag &= ~tcflag_t(ICRNL | INLCR | IGNCR | ISTRIP | IXON)
            attributes.c_lflag &= ~tcflag_t(ICANON | ECHO | ECHONL | ISIG | IEXTEN)
        case .lines(let echo):
            attributes.c_lflag |= tcflag_t(ICANON | ISIG | (echo ? ECHO : ECHONL))
            if !echo { attributes.c_lflag &= ~tcflag_t(ECHO) }
        case .deaf:
            attributes.c_lflag &= ~tcflag_t(ICANON | ECHO | ECHONL)
        }
        // VMIN and VTIME of termios(3): a read returns as soon as there is a byte.
        withUnsafeMutableBytes(of: &attributes.c_cc) { bytes in
            if case .lines = self { return }
            bytes[Int(VMIN)] = 1
            bytes[Int(VTIME)] = 0
        }
        return attributes
    }

    /// What switches the mode on: bracketed paste, or no cursor.
    func greeting(live: Bool) -> String {
        switch self {
        case .keys: live ? "\u{1B}[?2004h" : ""
        case .lines: ""
        case .deaf: live ? "\u{1B}[?25l" : ""
        }
    }

    /// What undoes the greeting and shows the cursor.
    static func parting(live: Bool) -> String {
        live ? "\u{1B}[?2004l\u{1B}[?25h" : ""
    }

    /// What undoes it in the middle of a drawing, and leaves a fresh line for whoever writes next.
    static func farewell(live: Bool) -> String {
        live ? "\u{1B}[?2004l\u{1B}[?25h\u{1B}[0m\u{1B}[J\r\n" : "\r\n"
    }
}
