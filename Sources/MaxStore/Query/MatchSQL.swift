internal import GRDB
internal import MaxHub

/// Words to be found as an expression of FTS5, in which nothing of them is taken for syntax.
enum MatchSQL {
    /// The rows of a full-text table that have all the words, in one column or anywhere.
    static func expression(_ terms: [MatchTerm], in column: String?) -> String {
        let words = terms.map { quoted($0.text) + ($0.isPrefix ? " *" : "") }.joined(separator: " ")
        return column.map { "\(quoted($0)) : (\(words))" } ?? "(\(words))"
    }

    /// What holds for a record that has the words.
    static func condition(_ terms: [MatchTerm], in column: String?, of entity: StoredEntity, as alias: String)
        -> SQLText
    {
        let table = EntityTable(entity)
        guard !terms.isEmpty else { return .always }
        guard !table.textFields.isEmpty else { return .never }
        return SQLText(
            "\(alias)._row IN (SELECT rowid FROM \(table.textName) WHERE \(table.textName) MATCH ?)",
            [.text(expression(terms, in: column))])
    }

    /// A string of FTS5; what would end it early for SQLite is a blank to its tokenizer anyway.
    private static func quoted(_ text: String) -> String {
        "\"" + text.replacing("\0", with: " ").replacing("\"", with: "\"\"") + "\""
    }
}
