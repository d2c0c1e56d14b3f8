/// A way of showing tones: not at all, or with ANSI sequences (ECMA-48, SGR).
package enum Style: Sendable {
    case plain
    case ansi

    /// Writes `text` out, harmless and with its tones.
    package func render(_ text: StyledText) -> String {
        text.spans.map { span in
            guard self == .ansi, let code = span.tone.code else { return span.text }
            return "\u{1B}[\(code)m\(span.text)\u{1B}[0m"
        }.joined()
    }
}

/// The part a piece of text plays.
package enum Tone: Sendable {
    case plain
    case strong
    case dim
    case accent
    case good
    case warning
    case bad

    /// The SGR parameter, nil for text as it comes.
    fileprivate var code: Int? {
        switch self {
        case .plain: nil
        case .strong: 1
        case .dim: 2
        case .accent: 36
        case .good: 32
        case .warning: 33
        case .bad: 31
        }
    }
}
