extension Schema {
    /// Runs, their tasks, and what they leave for later ones.
    static let runs = ""
}
