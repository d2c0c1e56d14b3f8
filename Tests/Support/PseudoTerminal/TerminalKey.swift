/// A key that is no letter, as xterm sends it.
package enum TerminalKey: Sendable {
    case enter
    case tab
    case space
    case backspace
    case delete
    case up
    case down
    case left
    case right
    case home
    case end
    case pageUp
    case pageDown
    case escape

    /// A letter with Ctrl.
    case control(Character)

    package static let ctrlC = TerminalKey.control("c")
    package static let ctrlD = TerminalKey.control("d")
    package static let ctrlZ = TerminalKey.control("z")

    var sequence: String {
        switch self {
        case .enter: "\r"
        case .tab: "\t"
        case .space: " "
        case .backspace: "\u{7F}"
        case .delete: "\u{1B}[3~"
        case .up: "\u{1B}[A"
        case .down: "\u{1B}[B"
        case .right: "\u{1B}[C"
        case .left: "\u{1B}[D"
        case .home: "\u{1B}[H"
        case .end: "\u{1B}[F"
        case .pageUp: "\u{1B}[5~"
        case .pageDown: "\u{1B}[6~"
        case .escape: "\u{1B}"
        case .control(let letter): String(Unicode.Scalar((letter.asciiValue ?? 0) & 0x1F))
        }
    }
}
