extension String {
    /// Columns the text takes on a terminal.
    package var displayWidth: Int {
        utf8.count == unicodeScalars.count ? utf8.count : reduce(0) { $0 + $1.displayWidth }
    }

    /// The longest beginning that takes at most `columns`.
    package func prefix(columns: Int) -> String {
        var rest = columns
        return String(
            prefix { character in
                rest -= character.displayWidth
                return rest >= 0
            })
    }
}

extension Character {
    /// Columns the character takes: 2 for East Asian wide ones and emoji, 0 for a mark that joins the one before.
    var displayWidth: Int {
        guard !isASCII, let first = unicodeScalars.first else { return 1 }
        if unicodeScalars.contains(where: \.isWide) { return 2 }
        switch first.properties.generalCategory {
        case .nonspacingMark, .enclosingMark: return 0
        default: return first.value == 0x200C || first.value == 0x200D ? 0 : 1
        }
    }
}

extension Unicode.Scalar {
    /// Whether it makes its character two columns wide: the W and F classes of UAX #11 by block, and emoji (UTS #51).
    fileprivate var isWide: Bool {
        switch value {
        case ..<0x1100: false
        case 0x1100...0x115F, 0x2E80...0x303E, 0x3041...0x33FF, 0x3400...0x4DBF, 0x4E00...0x9FFF, 0xA000...0xA4CF,
            0xA960...0xA97F, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE10...0xFE19, 0xFE30...0xFE6F, 0xFF00...0xFF60,
            0xFFE0...0xFFE6, 0x20000...0x3FFFD:
            true
        case 0xFE0F: true
        default: properties.isEmojiPresentation
        }
    }
}
