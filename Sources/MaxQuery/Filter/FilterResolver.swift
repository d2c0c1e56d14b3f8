internal import MaxCore
internal import MaxHub

/// Turns a filter's syntax into a condition whose every name exists and whose every value fits its field.
struct FilterResolver {
    let vocabulary: Vocabulary
    let values: ValueReader

    /// The condition that a filter's text says; nil when it says nothing.
    func condition(in text: TypedText) throws(TextFault) -> Condition? {
        guard let syntax = try FilterParser.syntax(of: text) else { return nil }
        return try condition(syntax)
    }

    private func condition(_ syntax: FilterSyntax) throws(TextFault) -> Condition {
        switch syntax {
        case .all(let parts): return .all(try conditions(parts))
        case .any(let parts): return .any(try conditions(parts))
        case .not(let part): return .not(try condition(part))
        case .test(let test): return try condition(test)
        }
    }

    private func conditions(_ parts: [FilterSyntax]) throws(TextFault) -> [Condition] {
        var conditions: [Condition] = []
        for part in parts { conditions.append(try condition(part)) }
        return conditions
    }

    private func condition(_ test: FilterTest) throws(TextFault) -> Condition {
        let path: FieldPath? = if let syntax = test.path { try vocabulary.field(at: syntax) } else { nil }
        if case .matches(let words) = test.operation {
            return try match(path, words, at: test.path?.place ?? test.place)
        }
        guard let path else { throw TextFault("Here should be the name of a field", at: test.place) }
        switch test.operation {
        case .compare(let comparison, let value): return try compare(path, comparison, value, at: test.place)
        case .oneOf(let list): return try oneOf(path, list, at: test.place)
        case .contains(let value): return .contains(path, try part(value, in: path, word: "CONTAINS", at: test.place))
        case .startsWith(let value):
            return .startsWith(path, try part(value, in: path, word: "STARTS WITH", at: test.place))
        case .isNull, .matches: return .isNull(path)
        }
    }
}

extension FilterResolver {
    private func compare(
        _ path: FieldPath, _ comparison: Comparison, _ value: ValueSyntax, at place: Int
    ) throws(TextFault) -> Condition {
        if value.isNull {
            switch comparison {
            case .equal: return .isNull(path)
            case .unequal: return .not(.isNull(path))
            case .less, .lessOrEqual, .greater, .greaterOrEqual:
                throw TextFault("Nothing comes before or after null", at: value.place, hint: "Write IS NULL.")
            }
        }
        try refuseNested(path, at: place)
        guard path.kind == .date else { return .compare(path, comparison, try values.value(value, for: path)) }
        return try values.date(value, for: path).condition(path, comparison)
    }

    private func oneOf(_ path: FieldPath, _ list: [ValueSyntax], at place: Int) throws(TextFault) -> Condition {
        try refuseNested(path, at: place)
        var (plain, dates) = ([QueryValue](), [Condition]())
        for value in list {
            if value.isNull {
                plain.append(.null)
            } else if path.kind == .date {
                dates.append(try values.date(value, for: path).condition(path, .equal))
            } else {
                plain.append(try values.value(value, for: path))
            }
        }
        guard !dates.isEmpty else { return .oneOf(path, plain) }
        return .any(dates + (plain.isEmpty ? [] : [.isNull(path)]))
    }

    /// A text that is looked for inside a field.
    private func part(
        _ value: ValueSyntax, in path: FieldPath, word: String, at place: Int
    ) throws(TextFault) -> String {
        switch path.kind {
        case .string, .url, .ref: break
        case .json where word == "CONTAINS": break
        case .json: try refuseNested(path, at: place)
        case .integer, .decimal, .boolean, .date:
            throw TextFault("\(word) looks into text, and \(path.name) is \(path.kind.phrase)", at: place)
        }
        guard !value.isNull else { throw TextFault("Nothing contains null", at: value.place, hint: "Write IS NULL.") }
        return value.text
    }

    private func match(_ path: FieldPath?, _ words: ValueSyntax, at place: Int) throws(TextFault) -> Condition {
        let entity = path.map(vocabulary.home) ?? vocabulary.entity
        let searched = entity.fields.filter { $0.isTitle || $0.isText }.map(\.name)
        guard !searched.isEmpty else { throw TextFault("No field of \(entity.name) is searched for words", at: place) }
        if let path, !searched.contains(path.field) {
            throw TextFault(
                "\(path.field.quoted) is not searched for words", at: place,
                hint: "MATCHES looks into \(searched.joined(separator: ", ")).")
        }
        do { return .match(path, try MatchReader.terms(in: words.text)) } catch {
            throw TextFault(error.sentence, at: words.place, hint: error.hint)
        }
    }

    private func refuseNested(_ path: FieldPath, at place: Int) throws(TextFault) {
        guard path.kind == .json else { return }
        throw TextFault(
            "\(path.name) is nested data, which has no order and no one value", at: place,
            hint: "Use CONTAINS, IS NULL or IS NOT NULL.")
    }
}

extension StoredField.Kind {
    /// What a field of this kind is, for a sentence.
    var phrase: String {
        switch self {
        case .string: "text"
        case .integer: "a whole number"
        case .decimal: "a number"
        case .boolean: "true or false"
        case .date: "a date"
        case .url: "an address"
        case .json: "nested data"
        case .ref(let entity): "the id of \(entity)"
        }
    }
}
