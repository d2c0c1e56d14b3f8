internal import MaxCore
internal import MaxHub

/// Cuts a typed text into tokens.
///
/// Between quotes, single or double, a quote is written twice or behind a backslash. Anything else that is no blank,
/// quote, comma, parenthesis or sign of comparison is part of a word.
struct Tokenizer {
    private let scalars: [Unicode.Scalar]
    private var place = 0

    init(_ text: TypedText) { scalars = text.scalars }

    /// All tokens; the last one is the end.
    static func tokens(of text: TypedText) throws(TextFault) -> [Token] {
        var tokenizer = Tokenizer(text)
        var tokens: [Token] = []
        repeat { tokens.append(try tokenizer.next()) } while tokens.last?.kind != .end
        return tokens
    }

    private mutating func next() throws(TextFault) -> Token {
        while let scalar = current, scalar.properties.isWhitespace { place += 1 }
        let start = place
        return Token(kind: try kind(), place: start)
    }

    private var current: Unicode.Scalar? { place < scalars.count ? scalars[place] : nil }

    private mutating func kind() throws(TextFault) -> Token.Kind {
        guard let scalar = current else { return .end }
        switch scalar {
        case "(": return taking(.opening)
        case ")": return taking(.closing)
        case ",": return taking(.comma)
        case "'", "\"": return .quoted(try quoted(by: scalar))
        case "=", "<", ">", "!": return .comparison(try comparison())
        default: return .word(try word())
        }
    }

    private mutating func taking(_ kind: Token.Kind) -> Token.Kind {
        place += 1
        return kind
    }

    private mutating func comparison() throws(TextFault) -> Comparison {
        let start = place
        while let scalar = current, "=<>!".unicodeScalars.contains(scalar), place < start + 2 { place += 1 }
        let sign = String(scalars[start..<place])
        if let comparison = Comparison(rawValue: sign) { return comparison }
        if let first = Comparison(rawValue: String(sign.prefix(1))), sign != "==", sign != "<>" {
            place = start + 1
            return first
        }
        throw TextFault("I don't know \(sign.quoted)", at: start, hint: "Write = for equal and != for unequal.")
    }

    private mutating func word() throws(TextFault) -> String {
        let start = place
        while let scalar = current, !scalar.endsWord { place += 1 }
        guard place > start else { throw TextFault("There is a character that cannot be seen", at: start) }
        return String(scalars[start..<place])
    }

    private mutating func quoted(by quote: Unicode.Scalar) throws(TextFault) -> String {
        let start = place
        var text = String.UnicodeScalarView()
        place += 1
        while let scalar = current {
            place += 1
            switch (scalar, current) {
            case (quote, quote), ("\\", "'"), ("\\", "\""), ("\\", "\\"):
                text.append(scalars[place])
                place += 1
            case (quote, _): return String(text)
            default: text.append(scalar)
            }
        }
        throw TextFault("The quote that opens here is never closed", at: start)
    }
}

extension Unicode.Scalar {
    /// Whether no word goes on with it.
    fileprivate var endsWord: Bool {
        properties.isWhitespace || properties.generalCategory == .control || "'\"(),=<>!".unicodeScalars.contains(self)
    }
}
