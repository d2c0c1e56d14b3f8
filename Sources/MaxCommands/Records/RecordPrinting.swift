internal import Foundation
internal import MaxCore
internal import MaxEngines
internal import MaxHub
internal import MaxQuery
internal import MaxWire

/// Records in the form that was asked for.
struct RecordPrinting {
    let entity: StoredEntity
    /// The names of the fields, in their order.
    let columns: [String]
    /// Whether every field was asked for, and what came besides them too.
    let isWhole: Bool

    /// The header of a CSV file.
    var header: String { CSVLine(texts: ["connection", "id"] + plainColumns + (isWhole ? ["other"] : [])).text }

    /// A record as a line of a CSV file.
    func csv(_ record: QueriedRecord) -> String {
        let other = record.others.isEmpty ? nil : JSON.object(record.others)
        return CSVLine(
            [.string(record.connection), .string(record.ref.id)] + plainColumns.map { record.fields[$0] }
                + (isWhole ? [other] : [])
        ).text
    }

    /// Records as a table, its columns in the order of their weight for people.
    func table(_ records: [QueriedRecord], showsConnection: Bool) -> Table {
        let names =
            isWhole
            ? plainColumns.filter { weight(of: $0) < 4 }.sorted { weight(of: $0) < weight(of: $1) } : plainColumns
        var columns = names.enumerated().map { place, name in
            Table.Column(title: name, isNumeric: isNumeric(name), isOptional: isWhole && place > 0)
        }
        columns.insert(Table.Column(title: "id", isWhole: true), at: 0)
        if showsConnection { columns.insert(Table.Column(title: "connection", isWhole: true), at: 0) }
        let rows = records.map { record in
            (showsConnection ? [record.connection] : []) + [record.ref.id]
                + names.map { record.fields[$0]?.cell ?? "" }
        }
        return Table(columns, rows)
    }

    private var plainColumns: [String] { columns.filter { $0 != "id" } }

    /// How late a field comes in a table of all fields: headlines first, long texts and nested data not at all.
    private func weight(of name: String) -> Int {
        guard let field = entity.field(name) else { return 1 }
        if field.isTitle { return 0 }
        if field.isText { return 4 }
        return switch field.kind {
        case .json: 4
        case .ref, .url: 3
        case .date, .integer, .decimal, .boolean: 2
        case .string: field.isIndexed ? 1 : 2
        }
    }

    private func isNumeric(_ name: String) -> Bool {
        switch entity.field(name)?.kind {
        case .integer, .decimal: true
        case .string, .boolean, .date, .url, .json, .ref, nil: false
        }
    }
}
