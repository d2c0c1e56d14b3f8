internal import MaxCore

/// What people call a connection.
enum Label {
    /// Checks a label that somebody chose.
    ///
    /// - Throws: ``MaxCore/MaxError`` with code `name_invalid`.
    static func check(_ label: String) throws(MaxError) {
        let isPlain = !label.allSatisfy(\.isWhitespace) && !label.contains(where: \.isNewline) && label.count <= 120
        guard isPlain, !label.unicodeScalars.contains(where: { $0.properties.generalCategory == .control }) else {
            throw MaxError("name_invalid", "A label is one line of up to 120 characters.", fix: "Choose another label.")
        }
    }
}
