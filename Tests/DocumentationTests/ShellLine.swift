/// A line of shell, cut into the commands that run one after another or into each other.
struct ShellLine {
    /// The words of each command, without assignments before it and redirections after it.
    let commands: [[String]]

    init(_ line: String) {
        var words = Self.words(of: line)[...]
        var commands: [[String]] = []
        while !words.isEmpty {
            let command = words.prefix { !["&&", "||", "|", ";"].contains($0) }
            commands.append(Self.bare(Array(command)))
            words = words.dropFirst(command.count + 1)
        }
        self.commands = commands.filter { !$0.isEmpty }
    }

    private static func bare(_ words: [String]) -> [String] {
        let words = words.drop { $0.wholeMatch(of: #/[A-Z_]+=.*|sudo|env|time/#) != nil }
        return Array(words.prefix { $0.wholeMatch(of: #/\d?[<>]+&?|\d?>.+|<[^>]*|#.*/#) == nil })
    }

    /// The words, with quotes taken off.
    private static func words(of line: String) -> [String] {
        var words: [String] = []
        var word: String?
        var quote: Character?
        for character in line {
            if character == quote {
                quote = nil
            } else if quote == nil, "'\"".contains(character) {
                quote = character
                word = word ?? ""
            } else if quote == nil, character.isWhitespace {
                if let word { words.append(word) }
                word = nil
            } else {
                word = (word ?? "") + String(character)
            }
        }
        return words + (word.map { [$0] } ?? [])
    }
}
