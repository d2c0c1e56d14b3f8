extension String {
    /// The text in quotation marks, for a sentence; cut after a few letters where it is longer than a name.
    ///
    /// What people put in the wrong place may be a secret, and a sentence may end up in a log.
    package var quoted: String { count > 24 ? "“\(prefix(8))…”" : "“\(self)”" }
}
