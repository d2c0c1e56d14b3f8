internal import MaxCore
internal import MaxHub

/// Where a value is not what its schema says.
struct Misfit: Error, Sendable, Hashable {
    /// The members and places on the way to it; empty for the whole.
    let path: [String]
    /// What is wrong, as a sentence.
    let sentence: String
    /// What to do about it.
    var fix: String?

    /// The way to it, as in `fields.name`.
    var place: String { path.joined(separator: ".") }
}

extension Schema {
    /// Holds a value against the schema.
    ///
    /// - Throws: The first ``Misfit``.
    func check(_ value: JSON, at path: [String] = []) throws(Misfit) {
        switch self {
        case .any: return
        case .text(let text): try text.check(value, at: path)
        case .integer(let range):
            guard let number = value.integer else { throw Misfit(path, "has to be a whole number") }
            if let range, !range.contains(Int(number)) { throw Misfit(path, "has to be \(range.words)") }
        case .number: guard value.number != nil else { throw Misfit(path, "has to be a number") }
        case .boolean: guard value.bool != nil else { throw Misfit(path, "has to be true or false") }
        case .list(let element, let most):
            guard let list = value.array else { throw Misfit(path, "has to be a list") }
            if let most, list.count > most { throw Misfit(path, "has to have \(most) elements at most") }
            for (place, one) in list.enumerated() { try element.check(one, at: path + ["\(place)"]) }
        case .map(let element):
            guard let members = value.object else { throw Misfit(path, "has to be an object") }
            for (name, one) in members { try element.check(one, at: path + [name]) }
        case .nullable(let schema): if !value.isNull { try schema.check(value, at: path) }
        case .shape(let shape): try shape.check(value, at: path)
        }
    }
}

extension Schema.Text {
    fileprivate func check(_ value: JSON, at path: [String]) throws(Misfit) {
        guard let text = value.string else { throw Misfit(path, "has to be a text") }
        if let most, text.count > most { throw Misfit(path, "has to have \(most) characters at most") }
        guard let words, !words.contains(text) else { return }
        throw Misfit(
            path, "cannot be \(text.shown(atMost: 40).quoted)",
            fix: NearestNames.question(text, among: words) ?? "Choose one of: \(words.joined(separator: ", ")).")
    }
}

extension Shape {
    fileprivate func check(_ value: JSON, at path: [String]) throws(Misfit) {
        guard let given = value.object else { throw Misfit(path, "has to be an object") }
        let names = members.map(\.name)
        if let stranger = given.keys.sorted().first(where: { !names.contains($0) }) {
            throw Misfit(
                path: path + [stranger.shown(atMost: 40)],
                sentence: "There is no member \(stranger.shown(atMost: 40).quoted) here.",
                fix: NearestNames.question(stranger, among: names) ?? "Choose among: \(names.joined(separator: ", ")).")
        }
        for member in members {
            if let one = given[member.name] {
                try member.schema.check(one, at: path + [member.name])
            } else if member.isRequired {
                throw Misfit(path + [member.name], "is needed")
            }
        }
    }
}

extension Misfit {
    fileprivate init(_ path: [String], _ words: String, fix: String? = nil) {
        self.init(
            path: path,
            sentence: path.isEmpty
                ? "The body \(words)." : "The member \(path.joined(separator: ".").quoted) \(words).",
            fix: fix)
    }
}

extension ClosedRange<Int> {
    /// The range, for people.
    var words: String { upperBound == .max ? "\(lowerBound) or more" : "from \(lowerBound) to \(upperBound)" }
}
