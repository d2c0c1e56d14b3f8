/// The word that people call the program by here, so that every command they are told works as it is printed.
struct CalledAs: Sendable {
    /// `max`, or the launcher's path as it was typed.
    let word: String
    /// The server that was named with `--server`, and has to be named again.
    var server: String?

    init(word: String) { self.word = word }

    /// The same text with each command in it spelled as people have to type it.
    func spell(_ text: String) -> String {
        if word == "max", server == nil { return text }
        let names = (["run cancel"] + MaxCommand.commandNames).joined(separator: "|")
        guard let command = try? Regex("\\bmax (\(names))\\b", as: (Substring, Substring).self) else { return text }
        return text.replacing(command) { match in
            let isAfar = server != nil && PlaceOption.suits(String(match.output.1))
            return "\(word) \(match.output.1)" + (isAfar ? " --server \(server ?? "")" : "")
        }
    }
}
