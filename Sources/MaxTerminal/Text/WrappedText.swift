extension StyledText {
    /// Lines of at most `width` columns, broken at spaces, those after the first indented as its words are.
    ///
    /// A longer word stays whole: a web address must be copied in one piece.
    func wrapped(to width: Int) -> [StyledText] {
        guard self.width > width else { return [self] }
        let characters = spans.flatMap(\.text)
        let margin = Self.indent(of: characters)
        var lines: [Range<Int>] = []
        var line = 0..<0
        for word in characters.indices.split(whereSeparator: { characters[$0] == " " }) {
            let room = lines.isEmpty ? width : width - margin
            let longer = line.lowerBound..<word.upperBound
            if line.isEmpty || String(characters[longer]).displayWidth <= room {
                line = longer
            } else {
                lines.append(line)
                line = word
            }
        }
        return (lines + [line]).enumerated().map { number, line in
            StyledText(String(repeating: " ", count: number == 0 ? 0 : margin)) + part(line)
        }
    }

    /// The columns before the first word of a line: blanks, and a mark such as ✓.
    private static func indent(of characters: [Character]) -> Int {
        let blanks = characters.prefix { $0 == " " }.count
        let rest = characters.dropFirst(blanks)
        let isMarked = rest.dropFirst().first == " " && rest.first.map { !$0.isLetter && !$0.isNumber } == true
        return blanks + (isMarked ? 2 : 0)
    }

    /// The characters of a range, in their tones.
    private func part(_ range: Range<Int>) -> StyledText {
        var start = 0
        return spans.reduce(into: StyledText("")) { part, span in
            let own = range.clamped(to: start..<(start + span.text.count))
            part.append(String(span.text.dropFirst(own.lowerBound - start).prefix(own.count)), span.tone)
            start += span.text.count
        }
    }
}
