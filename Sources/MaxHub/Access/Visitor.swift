/// Who is asking, as far as a server can tell: shown to the owner, never trusted.
package struct Visitor: Sendable, Hashable {
    /// The address in numbers, such as `192.0.2.7` or `2001:db8::7`; of a proxy's visitor the one that the proxy says.
    package let address: String
    /// What the browser or program calls itself, such as the header `User-Agent`; empty when it says nothing.
    package let program: String

    /// Creates a visitor; the program's words lose control characters and whatever is past the 200th character.
    package init(address: String, program: String = "") {
        self.address = address.shown(atMost: 64)
        self.program = program.shown(atMost: 200)
    }
}

extension String {
    /// The text on one line of visible characters, cut where it grows long: for what a stranger says of itself.
    package func shown(atMost length: Int) -> String {
        let visible = unicodeScalars.prefix(length * 4).map { $0.isVisible ? String($0) : " " }.joined()
        return String(visible.split(separator: " ").joined(separator: " ").prefix(length))
    }
}

extension Unicode.Scalar {
    /// Whether it shows, and does nothing to its neighbours, as marks of direction do.
    fileprivate var isVisible: Bool {
        switch properties.generalCategory {
        case .control, .format, .lineSeparator, .paragraphSeparator, .privateUse, .surrogate, .unassigned: false
        default: true
        }
    }
}
