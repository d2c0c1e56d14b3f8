internal import MaxCore
internal import MaxWire

/// Records in the form that was asked for.
struct RecordPrinting {
    /// What is known of their fields; nil where nothing is.
    let entity: EntityBody?
    /// The names of the fields, in their order.
    let columns: [String]
    /// Whether every field was asked for, and what came besides them too.
    let isWhole: Bool

    /// The header of a CSV file.
    var header: String { CSVLine(texts: ["connection", "id"] + plainColumns + (isWhole ? ["other"] : [])).text }

    /// A record as a line of a CSV file.
    func csv(_ record: ToldRecord) -> String {
        let other = record.others.isEmpty ? nil : JSON.object(record.others)
        return CSVLine(
            [.string(record.connection), .string(record.id)] + plainColumns.map { record.fields[$0] }
                + (isWhole ? [other] : [])
        ).text
    }

    /// Records as a table, its columns in the order of their weight for people.
    func table(_ records: [ToldRecord], showsConnection: Bool) -> Table {
        let names =
            isWhole
            ? plainColumns.filter { weight(of: $0) < 4 }.sorted { weight(of: $0) < weight(of: $1) } : plainColumns
        var columns = names.enumerated().map { place, name in
            Table.Column(title: name, isNumeric: isNumeric(name), isOptional: isWhole && place > 0)
        }
        columns.insert(Table.Column(title: "id", isWhole: true), at: 0)
        if showsConnection { columns.insert(Table.Column(title: "connection", isWhole: true), at: 0) }
        let rows = records.map { record in
            (showsConnection ? [record.connection] : []) + [record.id]
                + names.map { record.fields[$0]?.cell ?? "" }
        }
        return Table(columns, rows)
    }

    private var plainColumns: [String] { columns.filter { $0 != "id" } }

    /// How late a field comes in a table of all fields: headlines first, long texts and nested data not at all.
    private func weight(of name: String) -> Int {
        guard let field = entity?.field(name) else { return 1 }
        if field.title { return 0 }
        if field.searched { return 4 }
        return switch field.kind {
        case "json": 4
        case "ref", "url": 3
        case "string": field.indexed ? 1 : 2
        default: 2
        }
    }

    private func isNumeric(_ name: String) -> Bool { ["integer", "decimal"].contains(entity?.field(name)?.kind) }
}

extension EntityBody {
    /// The field of that name.
    func field(_ name: String) -> EntityFieldBody? { fields.first { $0.name == name } }

    /// The name of the headline.
    var title: String? { fields.first(where: \.title)?.name }
}

/// A record as it was sent.
struct ToldRecord {
    let json: JSON

    /// Its address across connections, such as `work:Task/17`.
    var ref: String { json["ref"]?.string ?? "" }
    var connection: String { json["connection"]?.string ?? "" }
    var entity: String { json["entity"]?.string ?? "" }
    var id: String { json["id"]?.string ?? "" }
    var fields: [String: JSON] { json["fields"]?.object ?? [:] }
    /// What came besides the fields of the schema.
    var others: [String: JSON] { json["other"]?.object ?? [:] }
}
