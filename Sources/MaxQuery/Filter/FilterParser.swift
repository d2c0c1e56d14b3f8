internal import MaxCore
internal import MaxHub

/// Reads a filter's syntax.
///
/// ```
/// filter    = branch { OR branch }
/// branch    = term { AND term }
/// term      = { NOT } ( "(" filter ")" | MATCHES value | path test )
/// test      = sign value | [NOT] IN "(" value { "," value } ")" | [NOT] CONTAINS value | [NOT] STARTS WITH value
///           | [NOT] MATCHES value | IS [NOT] NULL
/// ```
struct FilterParser {
    private let tokens: [Token]
    private var index = 0
    private var nesting = 0
    private var count = 0

    /// How deep parentheses may nest, which is what SQLite's own parser has room for.
    static let deepestNesting = 40
    /// How many tests there may be: SQLite takes a time that grows with their square.
    static let mostTests = 1000

    /// The syntax of a filter; nil when there is nothing but blanks.
    static func syntax(of text: TypedText) throws(TextFault) -> FilterSyntax? {
        var parser = FilterParser(tokens: try Tokenizer.tokens(of: text))
        if parser.current.kind == .end { return nil }
        let syntax = try parser.filter()
        guard parser.current.kind == .end else { throw parser.unexpectedAfterTest }
        return syntax
    }

    private init(tokens: [Token]) { self.tokens = tokens }

    private var current: Token { tokens[index] }

    private mutating func advance() { index = min(index + 1, tokens.count - 1) }

    private mutating func take(_ keyword: Keyword) -> Bool {
        guard current.keyword == keyword else { return false }
        advance()
        return true
    }

    private mutating func take(_ kind: Token.Kind) -> Bool {
        guard current.kind == kind else { return false }
        advance()
        return true
    }
}

extension FilterParser {
    private mutating func filter() throws(TextFault) -> FilterSyntax {
        var branches = [try branch()]
        while take(.or) { branches.append(try branch()) }
        return branches.count == 1 ? branches[0] : .any(branches)
    }

    private mutating func branch() throws(TextFault) -> FilterSyntax {
        var terms = [try term()]
        while take(.and) { terms.append(try term()) }
        return terms.count == 1 ? terms[0] : .all(terms)
    }

    private mutating func term() throws(TextFault) -> FilterSyntax {
        var isNegated = false
        while take(.not) { isNegated.toggle() }
        let term = current.kind == .opening ? try group() : try test()
        return isNegated ? .not(term) : term
    }

    private mutating func group() throws(TextFault) -> FilterSyntax {
        let opening = current.place
        advance()
        nesting += 1
        guard nesting <= Self.deepestNesting else {
            throw TextFault("Parentheses nest deeper than \(Self.deepestNesting) levels", at: opening)
        }
        let inner = try filter()
        guard take(.closing) else {
            throw current.kind == .end
                ? TextFault("The parenthesis that opens here is never closed", at: opening) : unexpectedAfterTest
        }
        nesting -= 1
        return inner
    }
}

extension FilterParser {
    private mutating func test() throws(TextFault) -> FilterSyntax {
        count += 1
        guard count <= Self.mostTests else {
            throw TextFault(
                "These are more than \(Self.mostTests) tests", at: current.place, hint: "Use IN for many values.")
        }
        if current.keyword == .matches, tokens[index + 1].kind.isValue {
            let place = current.place
            advance()
            return .test(FilterTest(path: nil, operation: .matches(try value()), place: place))
        }
        let path = try path()
        let place = current.place
        if case .comparison(let comparison) = current.kind {
            advance()
            return .test(FilterTest(path: path, operation: .compare(comparison, try value()), place: place))
        }
        if take(.is) {
            let isNegated = take(.not)
            guard take(.null) else { throw expected("NULL or NOT NULL", after: "IS") }
            return negated(isNegated, FilterTest(path: path, operation: .isNull, place: place))
        }
        let isNegated = take(.not)
        return negated(isNegated, FilterTest(path: path, operation: try wordOperation(of: path), place: place))
    }

    private func negated(_ isNegated: Bool, _ test: FilterTest) -> FilterSyntax {
        isNegated ? .not(.test(test)) : .test(test)
    }

    private mutating func path() throws(TextFault) -> PathSyntax {
        guard case .word(let word) = current.kind, current.keyword.map({ $0 == .matches }) ?? true else {
            throw TextFault("Here should be the name of a field, not \(current.shown)", at: current.place)
        }
        let path = try PathSyntax(word, at: current.place)
        advance()
        return path
    }

    private mutating func wordOperation(of path: PathSyntax) throws(TextFault) -> FilterTest.Operation {
        if take(.in) { return .oneOf(try list()) }
        if take(.contains) { return .contains(try value()) }
        if take(.matches) { return .matches(try value()) }
        if take(.starts) {
            guard take(.with) else { throw expected("WITH", after: "STARTS") }
            return .startsWith(try value())
        }
        throw TextFault(
            "After \(path.text.quoted) should come =, !=, <, <=, >, >=, IN, CONTAINS, STARTS WITH, MATCHES or IS NULL, "
                + "not \(current.shown)", at: current.place, hint: current.advice)
    }

    private mutating func list() throws(TextFault) -> [ValueSyntax] {
        guard take(.opening) else { throw expected("values in parentheses", after: "IN") }
        var values = [try value()]
        while take(.comma) { values.append(try value()) }
        guard take(.closing) else { throw expected("a comma or “)”", after: "a value of IN") }
        return values
    }

    private mutating func value() throws(TextFault) -> ValueSyntax {
        let token = current
        switch token.kind {
        case .quoted(let text):
            advance()
            return ValueSyntax(text: text, isQuoted: true, place: token.place)
        case .word(let text) where token.keyword == nil || token.keyword == .null:
            advance()
            return ValueSyntax(text: text, isQuoted: false, place: token.place)
        case .word(let text):
            throw TextFault(
                "Here should be a value, and \(text.quoted) is a word of the language", at: token.place,
                hint: "Write '\(text)' if you mean the text.")
        case .comparison, .opening, .closing, .comma, .end:
            throw TextFault("Here should be a value, not \(token.shown)", at: token.place)
        }
    }

    private func expected(_ what: String, after before: String) -> TextFault {
        TextFault("After \(before) should come \(what), not \(current.shown)", at: current.place)
    }

    /// The fault of something that does not go on from a test.
    private var unexpectedAfterTest: TextFault {
        if current.kind == .closing {
            return TextFault("No parenthesis is open that this one closes", at: current.place)
        }
        let isValue = index > 0 && current.kind.isValue && tokens[index - 1].kind.isValue
        return TextFault(
            "Here should be AND, OR or the end, not \(current.shown)", at: current.place,
            hint: current.advice ?? (isValue ? "Put a value of several words in quotes." : nil))
    }
}

extension Token.Kind {
    fileprivate var isValue: Bool {
        switch self {
        case .word, .quoted: true
        case .comparison, .opening, .closing, .comma, .end: false
        }
    }
}

extension Token {
    /// What to write in place of a word of another language.
    fileprivate var advice: String? {
        guard case .word(let text) = kind else { return nil }
        return switch text.uppercased() {
        case "LIKE", "ILIKE", "GLOB", "~", "%": "Use CONTAINS or STARTS WITH."
        case "&&", "&": "Write AND."
        case "||", "|": "Write OR."
        case "BETWEEN": "Write it as two tests with AND."
        case "EQ", "EQUALS", ":": "Write =."
        default: nil
        }
    }
}
