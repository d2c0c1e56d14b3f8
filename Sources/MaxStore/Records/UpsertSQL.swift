internal import MaxCore
internal import MaxHub

/// The statements with which a record is stored, whether it is new, changed or as it was.
///
/// For a partial one they get, besides the values, a bit for each field that was told; the other fields stay as they are.
struct UpsertSQL {
    let table: EntityTable
    let isPartial: Bool

    /// How many fields one parameter of bits is for.
    static let bits = 62

    private var fields: [StoredField] { table.entity.fields }

    /// The numbers of the parameters, which are the same in all statements.
    struct Parameters {
        let connection = 1
        let id = 2
        /// That of the first field; those of the others follow.
        let firstField = 3
        let other: Int
        let change: Int
        /// Only of a partial record, as what follows.
        let absent: Int
        /// The first one with the bits of what was told, each for that many fields.
        let firstTold: Int

        fileprivate init(fields: Int) {
            (other, change) = (firstField + fields, firstField + fields + 1)
            (absent, firstTold) = (firstField + fields + 2, firstField + fields + 3)
        }
    }

    var parameters: Parameters { Parameters(fields: fields.count) }

    /// Adds the record, unless there is one with its id.
    var insertion: String {
        let names = ["_connection", "id"] + fields.map(\.name.quotedName) + ["_other", "_change", "_absent"]
        let values = (1...parameters.change).map { "?\($0)" } + [absent]
        return """
            INSERT INTO \(table.name) (\(names.joined(separator: ", "))) VALUES (\(values.joined(separator: ", ")))
            ON CONFLICT (_connection, id) DO NOTHING
            """
    }

    /// Finds the row of the record, and whether it is not as it should be; CASE stops at the first difference.
    var look: String {
        let differences = fields.indices.map(difference) + systemDifferences
        return """
            SELECT _row, CASE WHEN
                \(differences.joined(separator: "\n    OR "))
            THEN 1 ELSE 0 END FROM \(table.name) WHERE _connection = ?\(parameters.connection) AND id = ?\(parameters.id)
            """
    }

    /// Changes the record that there is.
    var update: String {
        let assignments = fields.indices.map(assignment) + systemAssignments
        return """
            UPDATE \(table.name) SET
                \(assignments.joined(separator: ",\n    "))
            WHERE _connection = ?\(parameters.connection) AND id = ?\(parameters.id)
            """
    }

    private func name(_ place: Int) -> String { fields[place].name.quotedName }
    private func value(_ place: Int) -> String { "?\(parameters.firstField + place)" }
    private func isTold(_ place: Int) -> String {
        "?\(parameters.firstTold + place / Self.bits) & \(1 << (place % Self.bits))"
    }

    private func assignment(_ place: Int) -> String {
        isPartial
            ? "\(name(place)) = CASE WHEN \(isTold(place)) THEN \(value(place)) ELSE \(name(place)) END"
            : "\(name(place)) = \(value(place))"
    }

    private func difference(_ place: Int) -> String {
        let differs = "\(name(place)) IS NOT \(value(place))"
        return isPartial ? "(\(isTold(place)) AND \(differs))" : differs
    }
}

extension UpsertSQL {
    private var other: String { "?\(parameters.other)" }
    private var absent: String { isPartial ? "?\(parameters.absent)" : "NULL" }

    private var systemAssignments: [String] {
        [
            "_other = CASE WHEN coalesce(_other, \(other)) IS NULL THEN NULL ELSE \(mergedOthers) END",
            isPartial
                ? """
                _absent = CASE WHEN _absent IS NULL OR _absent = \(absent) THEN _absent ELSE (
                    SELECT nullif(json_group_array(value), '[]') FROM json_each(_absent) WHERE \(isAbsentStill)
                ) END
                """ : "_absent = NULL",
            "_change = ?\(parameters.change)",
        ]
    }

    private var systemDifferences: [String] {
        [
            isPartial
                ? "_absent <> \(absent) AND EXISTS (SELECT 1 FROM json_each(_absent) WHERE NOT \(isAbsentStill))"
                : "_absent IS NOT NULL",
            "coalesce(_other, \(other)) IS NOT NULL AND _other IS NOT \(mergedOthers)",
        ]
    }

    /// Whether a name among the absent is not told this time either.
    private var isAbsentStill: String { "value IN (SELECT value FROM json_each(\(absent)))" }

    private var mergedOthers: String {
        let names = JSONText.of(.array(fields.map { .string($0.name) }))
        return "merged_others(_other, \(other), '\(names.replacing("'", with: "''"))', \(absent))"
    }
}
