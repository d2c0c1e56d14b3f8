internal import GRDB
internal import MaxCore
internal import MaxHub

/// The reading of one connection's changes in their order.
///
/// It visits no more rows than it tells: each table has an index of its connection's changes.
struct ChangeReading {
    private let database: Database
    private let connection: ConnectionID
    private let number: Int64
    private let entities: [StoredEntity]

    /// How many tables SQLite looks through at once.
    private static let tableLimit = 400

    /// Where a change is.
    private struct Place {
        let sequence: Int64
        /// The entity's place among those of the connection; nil when the record is gone.
        let entity: Int?
        let row: Int64
        let gone: Ref
    }

    /// Prepares to read; nil when there is no such connection.
    init?(_ database: Database, of connection: ConnectionID) throws {
        let number = try RecordStatement(database, "SELECT number FROM connection WHERE id = ?")
            .first(.text(connection.rawValue)) { $0.integer(at: 0) }
        guard let number else { return nil }
        (self.database, self.connection, self.number) = (database, connection, number)
        let names = try RecordStatement(database, "SELECT entity FROM record_tally WHERE connection = ? AND count > 0")
            .all(.integer(number)) { $0.text(at: 0) ?? "" }
        entities = try names.compactMap { try EntityCatalog(database).entity(named: $0) }
    }

    /// The changes after a place in their order, the oldest first.
    func changes(after sequence: Int64, limit: Int) throws -> [RecordChange] {
        try places(after: sequence, limit: limit).map { place in
            guard let entity = place.entity else {
                return RecordChange(sequence: place.sequence, ref: place.gone, record: nil)
            }
            let record = try record(entities[entity], at: place.row)
            return RecordChange(sequence: place.sequence, ref: record.ref, record: record)
        }
    }

    /// The statements that find changes: the connection, the change before them and how many are the parameters.
    var searches: [String] {
        let living = entities.enumerated().map { index, entity in
            """
            SELECT _change AS change, \(index) AS entity, _row, NULL AS name, NULL AS id
            FROM \(EntityTable(entity).name) WHERE _connection = ?1 AND _change > ?2
            """
        }
        let gone = "SELECT change, NULL, 0, entity, id FROM gone_record WHERE connection = ?1 AND change > ?2"
        return stride(from: 0, to: living.count + 1, by: Self.tableLimit).map { start in
            let tables = (living + [gone])[start..<min(start + Self.tableLimit, living.count + 1)]
            return tables.joined(separator: "\nUNION ALL\n") + "\nORDER BY 1 LIMIT ?3"
        }
    }

    private func places(after sequence: Int64, limit: Int) throws -> [Place] {
        let found = try searches.flatMap { search in
            try RecordStatement(database, search)
                .all(.integer(number), .integer(sequence), .integer(Int64(limit))) { row in
                    Place(
                        sequence: row.integer(at: 0), entity: row.text(at: 3) == nil ? Int(row.integer(at: 1)) : nil,
                        row: row.integer(at: 2), gone: Ref(row.text(at: 3) ?? "", row.text(at: 4) ?? ""))
                }
        }
        return Array(found.sorted { $0.sequence < $1.sequence }.prefix(limit))
    }

    private func record(_ entity: StoredEntity, at row: Int64) throws -> StoredRecord {
        let columns = RecordColumns(of: entity)
        let record = try RecordStatement(
            database, "SELECT \(columns.sql) FROM \(EntityTable(entity).name) WHERE _row = ?"
        ).first(.integer(row)) { row in
            let content = columns.content(of: row)
            return StoredRecord(
                connection: connection, ref: Ref(entity.name, columns.id(of: row)), fields: content.fields,
                others: content.others)
        }
        guard let record else { throw DatabaseError.unreadable("_row") }
        return record
    }
}
