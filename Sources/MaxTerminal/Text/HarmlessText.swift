extension String {
    /// The text without anything that could move the cursor, change the terminal or reorder what is read.
    ///
    /// Line breaks and tabs become a space, other control, format and bidirectional characters U+FFFD. The joiners that
    /// emoji and several scripts are written with stay.
    package var harmless: String {
        guard unicodeScalars.contains(where: \.isHarmful) else { return self }
        var clean = String.UnicodeScalarView()
        for scalar in unicodeScalars {
            clean.append(scalar.isHarmful ? scalar.replacement : scalar)
        }
        return String(clean)
    }
}

extension Unicode.Scalar {
    fileprivate var isHarmful: Bool {
        if isASCII { return value < 0x20 || value == 0x7F }
        switch properties.generalCategory {
        case .control, .lineSeparator, .paragraphSeparator, .surrogate: return true
        case .format: return value != 0x200C && value != 0x200D
        default: return false
        }
    }

    fileprivate var replacement: Unicode.Scalar {
        properties.isWhitespace ? " " : "\u{FFFD}"
    }
}
