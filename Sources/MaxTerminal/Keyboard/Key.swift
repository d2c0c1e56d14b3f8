/// What a person did on the keyboard, told apart from how terminals spell it.
enum Key: Sendable, Equatable {
    case typed(String)
    case pasted(String)
    case enter
    case backspace
    case delete
    case left
    case right
    case up
    case down
    case home
    case end
    case pageUp
    case pageDown
    case escape

    /// A letter together with Ctrl.
    case control(Character)
}
