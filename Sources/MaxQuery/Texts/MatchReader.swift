internal import MaxCore
internal import MaxHub

/// Reads words to be found: `launch "budget plan" rev*` are a word, a phrase, and the beginning of a word.
enum MatchReader {
    /// How many words and phrases are looked for at most.
    static let mostTerms = 64

    static func terms(in text: String) throws(TextFault) -> [MatchTerm] { try terms(in: TypedText(text)) }

    static func terms(in text: TypedText) throws(TextFault) -> [MatchTerm] {
        var (terms, place) = ([MatchTerm](), 0)
        while let start = text.scalars[place...].firstIndex(where: { !$0.properties.isWhitespace }) {
            guard terms.count < mostTerms else { throw TextFault("These are more than \(mostTerms) words", at: start) }
            terms.append(try term(in: text.scalars, from: start, to: &place))
        }
        guard !terms.isEmpty else { throw TextFault("There is no word to look for", at: 0) }
        return terms
    }

    private static func term(
        in scalars: [Unicode.Scalar], from start: Int, to place: inout Int
    ) throws(TextFault) -> MatchTerm {
        let isPhrase = scalars[start] == "\""
        let rest = scalars[(isPhrase ? start + 1 : start)...]
        let end = rest.firstIndex { isPhrase ? $0 == "\"" : $0 == "\"" || $0.properties.isWhitespace }
        guard end != nil || !isPhrase else { throw TextFault("The quote that opens here is never closed", at: start) }
        var words = rest[..<(end ?? scalars.count)]
        place = words.endIndex + (isPhrase ? 1 : 0)
        var isPrefix = false
        if isPhrase, place < scalars.count, scalars[place] == "*" {
            (isPrefix, place) = (true, place + 1)
        } else if !isPhrase, words.last == "*" {
            (isPrefix, words) = (true, words.dropLast())
        }
        guard words.contains(where: \.isPartOfWord) else {
            throw TextFault("There is no word in \(String(words).quoted)", at: start)
        }
        return MatchTerm(String(words), isPrefix: isPrefix)
    }
}

extension Unicode.Scalar {
    /// Whether it is part of a word to full-text search: a letter, a digit, or of private use.
    fileprivate var isPartOfWord: Bool {
        switch properties.generalCategory {
        case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter, .decimalNumber,
            .letterNumber, .otherNumber, .privateUse:
            true
        default: false
        }
    }
}
