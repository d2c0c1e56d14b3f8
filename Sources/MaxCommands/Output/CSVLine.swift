internal import MaxCore

/// A line of comma-separated values (RFC 4180): quotes where they are needed, CRLF at its end.
struct CSVLine {
    let text: String

    /// A line of values; null and a value that is not there are both empty.
    init(_ values: [JSON?]) { self.init(texts: values.map { $0.map(Self.text) ?? "" }) }

    /// A line of texts that are safe as they are.
    init(texts: [String]) { text = texts.map(Self.quoted).joined(separator: ",") + "\r\n" }

    /// The text of a value.
    ///
    /// One that a spreadsheet would run as a formula gets an apostrophe before it: what a provider sends is not to be
    /// trusted. Numbers stay as they are.
    private static func text(of value: JSON) -> String {
        switch value {
        case .null: ""
        case .string(let text): text.first.map(formulaStarts.contains) == true ? "'" + text : text
        case .bool, .integer, .number, .array, .object: value.line
        }
    }

    private static let formulaStarts: Set<Character> = ["=", "+", "-", "@", "\t", "\r", "\r\n"]

    private static func quoted(_ text: String) -> String {
        let needsQuotes = text.utf8.contains { [0x22, 0x2C, 0x0A, 0x0D].contains($0) }
        return needsQuotes ? "\"" + text.replacing("\"", with: "\"\"") + "\"" : text
    }
}
