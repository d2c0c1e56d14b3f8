/// What people read of a page, and what they never should.
extension String {
    /// What a person reads of a page, with single spaces.
    var visibleWords: String {
        replacing(/<(?:script|noscript|details class="diagnostics")[\s\S]*?<\/(?:script|noscript|details)>/, with: " ")
            .replacing(/<[^>]*>/, with: " ").split(whereSeparator: \.isWhitespace).joined(separator: " ")
    }

    /// The words of the inside, settings of the environment and ids that a person would read.
    var wordsOfTheInside: [String] {
        let inside = #/\b(?:modality|probe|proof|shell|session|run|runs|cursor|lease)\b/#
        let names = #/\b(?:MAX_[A-Z]+|(?:con|set|run)_[0-9a-z]+)\b/#
        return [inside, names].flatMap { visibleWords.matches(of: $0.ignoresCase()) }.map { String($0.output) }
    }
}
