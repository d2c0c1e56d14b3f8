extension String {
    /// The text as it stands inside a sentence: its first letter small, unless an abbreviation begins there.
    package var inSentence: String {
        guard let second = dropFirst().first, !second.isUppercase else { return self }
        return prefix(1).lowercased() + dropFirst()
    }
}
