internal import Foundation
internal import MaxCore
internal import MaxHub

/// Reads the values of a filter, each as what its field holds.
struct ValueReader {
    let dates: DateReader

    /// The value for a field that is neither a date nor nested data.
    func value(_ syntax: ValueSyntax, for path: FieldPath) throws(TextFault) -> QueryValue {
        let value: QueryValue? =
            switch path.kind {
            case .integer, .decimal: Self.number(syntax.text)
            case .boolean: Self.truth(syntax.text)
            case .string, .url, .ref, .date, .json: .text(syntax.text)
            }
        if let value { return value }
        throw TextFault("\(path.name) is \(path.kind.phrase), and \(syntax.text.quoted) is not", at: syntax.place)
    }

    /// The value for a field that is a date.
    func date(_ syntax: ValueSyntax, for path: FieldPath) throws(TextFault) -> DateValue {
        if let date = dates.date(syntax.text) { return date }
        throw TextFault(
            "\(path.name) is a date, and \(syntax.text.quoted) is none", at: syntax.place,
            hint: "Write it as '2026-01-05', '2026-01-05T09:00:00Z', today, or -7d (min, h, d, w, mo, y).")
    }

    private static func number(_ text: String) -> QueryValue? {
        guard text.wholeMatch(of: #/[-+]?[0-9]+(\.[0-9]+)?([eE][-+]?[0-9]{1,4})?/#) != nil else { return nil }
        if let whole = Int64(text) { return .integer(whole) }
        return Double(text).flatMap { $0.isFinite ? .number($0) : nil }
    }

    private static func truth(_ text: String) -> QueryValue? {
        switch text.lowercased() {
        case "true": .boolean(true)
        case "false": .boolean(false)
        default: nil
        }
    }
}
