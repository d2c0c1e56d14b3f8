/// One line of text in several tones, harmless by construction: whatever goes in is stripped of control characters.
///
///     terminal.say("\("✓", .good) Connected as \(identity.label, .strong)")
package struct StyledText: Sendable, Equatable {
    /// A run of text in one tone.
    struct Span: Sendable, Equatable {
        var text: String
        var tone: Tone
    }

    private(set) var spans: [Span] = []

    /// Takes `text` as it comes from anywhere, in one tone.
    package init(_ text: String, _ tone: Tone = .plain) {
        append(text, tone)
    }

    /// The columns it takes.
    var width: Int {
        spans.reduce(0) { $0 + $1.text.displayWidth }
    }

    /// The text without tones.
    var text: String {
        spans.map(\.text).joined()
    }

    /// Adds `text` at the end.
    package mutating func append(_ text: String, _ tone: Tone = .plain) {
        guard !text.isEmpty else { return }
        spans.append(Span(text: text.harmless, tone: tone))
    }

    /// Adds `other` at the end.
    package static func + (text: StyledText, other: StyledText) -> StyledText {
        var sum = text
        sum.spans += other.spans
        return sum
    }

    /// The same tones over other words.
    package func mapping(_ transform: (String) -> String) -> StyledText {
        spans.reduce(into: StyledText("")) { $0.append(transform($1.text), $1.tone) }
    }

    /// Cuts what exceeds `width` columns and marks the cut.
    func truncated(to width: Int) -> StyledText {
        guard self.width > width else { return self }
        var rest = max(0, width - 1)
        var cut = StyledText("")
        for span in spans {
            let piece = span.text.prefix(columns: rest)
            cut.append(piece, span.tone)
            rest -= piece.displayWidth
            if piece.count < span.text.count { break }
        }
        cut.append("…", .dim)
        return cut
    }
}

extension StyledText: ExpressibleByStringInterpolation {
    /// The pieces of a literal, each with its tone.
    package struct StringInterpolation: StringInterpolationProtocol {
        fileprivate var text = StyledText("")

        package init(literalCapacity: Int, interpolationCount: Int) {}

        package mutating func appendLiteral(_ literal: String) {
            text.append(literal)
        }

        package mutating func appendInterpolation(_ value: some CustomStringConvertible, _ tone: Tone = .plain) {
            text.append(value.description, tone)
        }
    }

    package init(stringInterpolation: StringInterpolation) {
        self = stringInterpolation.text
    }

    package init(stringLiteral value: String) {
        self.init(value)
    }
}
