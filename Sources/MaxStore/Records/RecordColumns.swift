internal import Foundation
internal import MaxCore
internal import MaxHub

/// The columns of a whole record in a SELECT, and what a row says in them.
struct RecordColumns {
    private let fields: [StoredField]
    /// The place of the first of them among the columns of the row.
    private let first: Int

    init(of entity: StoredEntity, from first: Int = 0) { (fields, self.first) = (entity.fields, first) }

    /// Their names, to be selected: the id, the fields in their order, and what is known besides.
    var sql: String {
        (["id"] + fields.map(\.name.quotedName) + ["_other", "_absent"]).joined(separator: ", ")
    }

    /// The record's id.
    func id(of row: RecordStatement) -> String { row.text(at: first) ?? "" }

    /// What the row at hand says.
    func content(of row: RecordStatement) -> RecordContent {
        let others = OtherFields.object(row.text(at: first + fields.count + 1))
        let absent = OtherFields.names(row.text(at: first + fields.count + 2))
        var known: [String: JSON] = [:]
        for (index, field) in fields.enumerated() where !absent.contains(field.name) {
            known[field.name] = JSON(row.value(at: first + 1 + index), of: field.kind)
        }
        return RecordContent(fields: known, others: others)
    }
}

/// What a stored record says.
struct RecordContent: Equatable {
    /// The fields that were told, by name.
    var fields: [String: JSON]
    /// What came besides, and what does not fit its field, which is null then.
    var others: [String: JSON]

    /// All of it, as it came.
    var whole: [String: JSON] { fields.merging(others) { _, misfit in misfit } }
}

extension JSON {
    /// What a field's column holds; whatever else another program may have put there is given as it is.
    init(_ value: RecordStatement.Value, of kind: StoredField.Kind) {
        self =
            switch value {
            case .null: .null
            case .integer(let whole): kind == .boolean ? .bool(whole != 0) : .integer(whole)
            case .real(let number): .number(number)
            case .text(let text): kind == .json ? (try? JSON(parsing: Data(text.utf8))) ?? .string(text) : .string(text)
            }
    }
}
