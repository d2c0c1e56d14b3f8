internal import Glibc

/// The attributes of a terminal at one time.
struct SavedAttributes: Sendable {
    let attributes: termios

    init(_ attributes: termios) {
        self.attributes = attributes
    }

    /// Reads them from `descriptor`; nil when that is no terminal.
    init?(of descriptor: Int32) {
        var attributes = termios()
        guard tcgetattr(descriptor, &attributes) == 0 else { return nil }
        self.attributes = attributes
    }

    /// Puts them in force, after what was written has gone out.
    func apply(to descriptor: Int32) {
        var attributes = attributes
        while tcsetattr(descriptor, TCSADRAIN, &attributes) == -1, errno == EINTR {}
    }
}
