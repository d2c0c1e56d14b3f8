/// What a prompt shows at one moment: lines, and where the cursor stands among them.
struct Screen: Sendable, Equatable {
    /// A place for the cursor: a line, and columns from its start.
    struct Caret: Sendable, Equatable {
        var line: Int
        var column: Int
    }

    var lines: [StyledText]

    /// Nil hides the cursor.
    var caret: Caret?

    /// Adds `text` under what is there, each line indented by `indent`, wrapped at spaces.
    mutating func append(_ text: String, _ tone: Tone, mark: StyledText = "  ", width: Int) {
        for (index, line) in text.wrapped(to: width - mark.width).enumerated() {
            let margin = index == 0 ? mark : StyledText(String(repeating: " ", count: mark.width))
            lines.append(margin + StyledText(line, tone))
        }
    }
}

extension String {
    /// Lines of at most `width` columns, broken at spaces and line breaks.
    ///
    /// A longer word stays whole: a web address must be copied in one piece.
    func wrapped(to width: Int) -> [String] {
        split(omittingEmptySubsequences: false) { $0.isNewline }.flatMap { paragraph in
            var lines = [""]
            for word in String(paragraph).harmless.split(separator: " ") {
                let joined = lines[lines.count - 1].isEmpty ? String(word) : lines[lines.count - 1] + " " + word
                if joined.displayWidth <= width || lines[lines.count - 1].isEmpty {
                    lines[lines.count - 1] = joined
                } else {
                    lines.append(String(word))
                }
            }
            return lines
        }
    }
}
