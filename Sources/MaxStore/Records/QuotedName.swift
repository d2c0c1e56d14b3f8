extension String {
    /// The text as a name in SQL, whatever is in it.
    var quotedName: String { "\"\(replacing("\"", with: "\"\""))\"" }
}
