internal import MaxCore
internal import MaxHub

/// A piece of a typed text.
struct Token: Sendable, Hashable {
    let kind: Kind
    /// The Unicode scalar at which it begins.
    let place: Int

    enum Kind: Sendable, Hashable {
        /// A name, a keyword, or a value without quotes.
        case word(String)
        /// What stands between quotes, without them.
        case quoted(String)
        case comparison(Comparison)
        case opening
        case closing
        case comma
        case end
    }
}

extension Token {
    /// The keyword that this is; nil when it is something else.
    var keyword: Keyword? {
        if case .word(let text) = kind { Keyword(rawValue: text.uppercased()) } else { nil }
    }

    /// What it looks like, for a sentence.
    var shown: String {
        switch kind {
        case .word(let text): text.quoted
        case .quoted: "a text in quotes"
        case .comparison(let comparison): "“\(comparison.rawValue)”"
        case .opening: "“(”"
        case .closing: "“)”"
        case .comma: "“,”"
        case .end: "the end"
        }
    }
}

/// The words with a meaning of their own.
enum Keyword: String, Sendable, CaseIterable {
    case and = "AND"
    case or = "OR"
    case not = "NOT"
    case `in` = "IN"
    case `is` = "IS"
    case null = "NULL"
    case contains = "CONTAINS"
    case starts = "STARTS"
    case with = "WITH"
    case matches = "MATCHES"
}
