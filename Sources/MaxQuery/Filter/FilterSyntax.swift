internal import MaxHub

/// A filter as it is written: how its tests are put together, before anyone asks whether its names exist.
indirect enum FilterSyntax: Sendable, Hashable {
    /// Each of them.
    case all([FilterSyntax])
    /// At least one of them.
    case any([FilterSyntax])
    case not(FilterSyntax)
    case test(FilterTest)
}

/// One test of a filter.
struct FilterTest: Sendable, Hashable {
    /// What is tested; nil for the record's whole text.
    let path: PathSyntax?
    let operation: Operation
    /// Where the operation stands.
    let place: Int

    enum Operation: Sendable, Hashable {
        case compare(Comparison, ValueSyntax)
        case oneOf([ValueSyntax])
        case contains(ValueSyntax)
        case startsWith(ValueSyntax)
        case matches(ValueSyntax)
        case isNull
    }
}

/// A value as it is written.
struct ValueSyntax: Sendable, Hashable {
    let text: String
    let isQuoted: Bool
    let place: Int

    /// Whether this is the word for no value.
    var isNull: Bool { !isQuoted && text.lowercased() == "null" }
}

/// A way to a field as it is written, such as `assignee.email`.
struct PathSyntax: Sendable, Hashable {
    /// The names between the dots; never empty.
    let names: [Name]

    struct Name: Sendable, Hashable {
        let text: String
        let place: Int
    }

    var place: Int { names[0].place }
    /// The text form.
    var text: String { names.map(\.text).joined(separator: ".") }

    /// Reads a word.
    init(_ word: String, at place: Int) throws(TextFault) {
        var (names, place) = ([Name](), place)
        for part in word.unicodeScalars.split(separator: ".", omittingEmptySubsequences: false) {
            guard !part.isEmpty else { throw TextFault("There is no name beside this dot", at: place) }
            names.append(Name(text: String(part), place: place))
            place += part.count + 1
        }
        self.names = names
    }
}
