internal import MaxCore

/// What is wrong with a text that somebody typed, and where.
struct TextFault: Error, Sendable, Hashable {
    /// What is wrong, as a sentence without its full stop.
    let sentence: String
    /// The Unicode scalar at which it is.
    let place: Int
    /// What to write instead, as a whole sentence.
    var hint: String?

    init(_ sentence: String, at place: Int, hint: String? = nil) {
        self.sentence = sentence
        self.place = place
        self.hint = hint
    }
}

/// A text that somebody typed.
struct TypedText: Sendable {
    let scalars: [Unicode.Scalar]

    init(_ text: String) { scalars = Array(text.unicodeScalars) }

    /// The longest that is read, in bytes of UTF-8.
    static let mostBytes = 64 << 10

    /// Runs `work` with the text; a fault in it becomes an error that shows the line with a caret below the place.
    ///
    /// - Throws: ``MaxCore/MaxError`` with that code.
    static func reading<Result>(
        _ text: String, as code: MaxError.Code, _ work: (TypedText) throws(TextFault) -> Result
    ) throws(MaxError) -> Result {
        guard text.utf8.count <= mostBytes else {
            throw MaxError(code, "This is longer than \(mostBytes >> 10) KB.", fix: "Say it in fewer words.")
        }
        let typed = TypedText(text)
        do { return try work(typed) } catch { throw MaxError(code, typed.words(for: error)) }
    }

    private func words(for fault: TextFault) -> String {
        let place = min(fault.place, scalars.count)
        let start = scalars[..<place].lastIndex(of: "\n").map { $0 + 1 } ?? 0
        let end = scalars[place...].firstIndex(of: "\n") ?? scalars.count
        let line = scalars[..<start].count { $0 == "\n" } + 1
        let column = String(scalars[start..<place]).count + 1
        let position = line == 1 && end == scalars.count ? "column \(column)" : "line \(line), column \(column)"
        let sentence = "\(fault.sentence) (\(position))." + (fault.hint.map { " " + $0 } ?? "")
        return "\(sentence)\n\(excerpt(start, place, end))"
    }

    /// The line around a place, and a caret below it.
    private func excerpt(_ start: Int, _ place: Int, _ end: Int) -> String {
        let (first, last) = (max(start, place - 60), min(end, place + 40))
        let before = (first > start ? "…" : "") + Self.shown(scalars[first..<place])
        let after = Self.shown(scalars[place..<last]) + (last < end ? "…" : "")
        return "    \(before)\(after)\n    \(String(repeating: " ", count: before.count))^"
    }

    /// The scalars on one line, each as something that can be seen.
    private static func shown(_ scalars: ArraySlice<Unicode.Scalar>) -> String {
        String(scalars.map { $0.properties.generalCategory == .control ? " " : $0 })
    }
}

extension String {
    init(_ scalars: some Sequence<Unicode.Scalar>) {
        var view = String.UnicodeScalarView()
        view.append(contentsOf: scalars)
        self = String(view)
    }
}
