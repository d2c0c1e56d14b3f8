/// The word that people call the program by here, so that every command they are told works as it is printed.
struct CalledAs: Sendable {
    /// `max`, or the launcher's path as it was typed.
    let word: String

    /// The same text with each command in it spelled as people have to type it.
    func spell(_ text: String) -> String {
        if word == "max" { return text }
        let names = MaxCommand.commandNames.joined(separator: "|")
        guard let command = try? Regex("\\bmax (?=(\(names))\\b)") else { return text }
        return text.replacing(command, with: word + " ")
    }
}
