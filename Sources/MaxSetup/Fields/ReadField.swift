internal import Foundation
package import MaxConnector
package import MaxCore
package import MaxHub

/// What became of a given value: an answer in the form in which it is stored, and what was done to it.
package struct FieldReading: Sendable {
    package var answer: Answer
    /// Sentences for the owner about what was changed.
    package var notices: [String] = []

    /// An answer that passed.
    package enum Answer: Sendable {
        case plain(JSON)
        case secret(SecretValue)
        /// Nothing was given.
        case nothing
    }
}

extension FieldSpec {
    /// Checks a value as it was given and brings it into the form in which it is stored.
    ///
    /// - Throws: ``MaxCore/Problem`` at this field.
    package func read(_ given: GivenValue) throws(Problem) -> FieldReading {
        switch (kind, given) {
        case (.secret, .secret(let secret)): try readSecret(secret)
        case (.secret, .plain(let json)): try readSecret(SecretValue(try text(json)))
        case (_, .secret): throw refusal("not_a_secret", "\(label) is not a secret; give it in plain.")
        case (_, .plain(let json)): try readPlain(json)
        }
    }

    private func readPlain(_ json: JSON) throws(Problem) -> FieldReading {
        if json.isNull { return FieldReading(answer: .nothing) }
        guard let given = json.string else { return try accepted(json) }
        let trimmed = given.trimmingCharacters(in: .broughtAlong)
        if trimmed.isEmpty { return FieldReading(answer: .nothing) }
        if trimmed.unicodeScalars.contains(where: \.isControl) {
            throw refusal("control_characters", "\(label) holds a control character; type or paste it again.")
        }
        return try accepted(parse(trimmed), notices: lineBreakNotice(given))
    }

    /// Takes a value of the field's kind; an empty list is no answer.
    private func accepted(_ json: JSON, notices: [String] = []) throws(Problem) -> FieldReading {
        if json.text.utf8.count > Self.largestAnswer {
            throw refusal("too_long", "That is longer than any \(label) can be (4,096 bytes).")
        }
        let value = try checked(json)
        return FieldReading(answer: value == [] ? .nothing : .plain(value), notices: notices)
    }

    private func readSecret(_ secret: SecretValue) throws(Problem) -> FieldReading {
        let size = secret.withBytes(\.count)
        if size > Self.largestSecret {
            throw refusal(
                "too_long", "That is \(size.formatted()) bytes, and no \(label) is longer than 64 KB: a wrong file?")
        }
        let given = secret.withText { $0 }
        let trimmed = given.trimmingCharacters(in: .broughtAlong)
        if trimmed.isEmpty { return FieldReading(answer: .nothing) }
        if trimmed.contains(where: \.isNewline) {
            throw refusal("control_characters", "\(label) has a line break in the middle; copy it again as one line.")
        }
        if trimmed.unicodeScalars.contains(where: \.isControl) {
            throw refusal("control_characters", "\(label) holds a control character; copy it again.")
        }
        if let pattern, !pattern.matches(trimmed) { throw mismatch(pattern) }
        return FieldReading(answer: .secret(SecretValue(trimmed)), notices: lineBreakNotice(given))
    }

    private func text(_ json: JSON) throws(Problem) -> String {
        if json.isNull { return "" }
        guard let text = json.string else { throw refusal("not_text", "\(label) has to be text.") }
        return text
    }

    private func lineBreakNotice(_ given: String) -> [String] {
        given.contains(where: \.isNewline) ? ["Removed a line break from the \(label) you pasted."] : []
    }

    /// The most bytes an answer may have, spelled as JSON.
    private static var largestAnswer: Int { 4096 }

    /// The most bytes a secret may have.
    static var largestSecret: Int { 64 << 10 }

    func refusal(_ code: String, _ sentence: String) -> Problem {
        Problem(code, .permanent, sentence, field: name)
    }

    func mismatch(_ pattern: Pattern) -> Problem {
        let shape = example.map { " It looks like \($0)." } ?? ""
        return refusal("pattern_mismatch", pattern.sentence ?? "This does not look like the \(label).\(shape)")
    }
}

extension CharacterSet {
    /// What copying and pasting brings along at the ends of a text: white space, and what has no width at all.
    fileprivate static let broughtAlong = CharacterSet.whitespacesAndNewlines.union(
        CharacterSet(charactersIn: "\u{200B}\u{200C}\u{200D}\u{2060}\u{FEFF}"))
}

extension Unicode.Scalar {
    /// Whether it is a control character (category Cc) or turns the direction of what follows.
    var isControl: Bool {
        properties.generalCategory == .control || (0x202A...0x202E).contains(value) || (0x2066...0x2069).contains(value)
    }
}
