internal import MaxHub

/// How the values of a field's kind lie in its column; kinds of one form need no conversion into each other.
enum FieldForm {
    case text
    case date
    case integer
    case decimal
    case boolean
    case json

    init(_ kind: StoredField.Kind) {
        self =
            switch kind {
            case .string, .url, .ref: .text
            case .date: .date
            case .integer: .integer
            case .decimal: .decimal
            case .boolean: .boolean
            case .json: .json
            }
    }

    /// The type of the column.
    var columnType: String {
        switch self {
        case .text, .date, .json: "TEXT"
        case .integer, .boolean: "INTEGER"
        case .decimal: "REAL"
        }
    }
}
