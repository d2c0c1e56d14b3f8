package import MaxCore

/// What an owner calls a connection.
package enum ConnectionLabel {
    private static let mostCharacters = 120
    /// More than anybody's hundred and twenty characters take, and far less than a character can be made to take.
    private static let mostBytes = 1000

    /// Reads a label that somebody chose: one line of text that can be seen, without the spaces around it.
    ///
    /// - Throws: ``MaxCore/MaxError`` with code `name_invalid`.
    package static func read(_ typed: String) throws(MaxError) -> String {
        let start = typed.drop(while: \.isWhitespace)
        let label = start[..<(start.lastIndex { !$0.isWhitespace }.map(start.index(after:)) ?? start.startIndex)]
        guard label.utf8.count <= mostBytes, label.count <= mostCharacters,
            label.unicodeScalars.contains(where: \.isSeen), label.unicodeScalars.allSatisfy(\.isPlain)
        else {
            throw MaxError(
                "name_invalid", "A name is one line of up to \(mostCharacters) characters.", fix: "Choose another one.")
        }
        return String(label)
    }
}

extension Unicode.Scalar {
    /// Whether it neither breaks the line nor turns its direction; joiners belong to scripts and emoji.
    fileprivate var isPlain: Bool {
        switch properties.generalCategory {
        case .control, .lineSeparator, .paragraphSeparator, .surrogate: false
        case .format: self == "\u{200C}" || self == "\u{200D}"
        default: true
        }
    }

    /// Whether it leaves a mark on a page.
    fileprivate var isSeen: Bool {
        switch properties.generalCategory {
        case .control, .format, .lineSeparator, .paragraphSeparator, .spaceSeparator, .nonspacingMark, .unassigned:
            false
        default: true
        }
    }
}
