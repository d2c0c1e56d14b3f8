internal import GRDB
internal import MaxCore
internal import MaxHub

/// The reading of found records, with the fields that were asked for.
struct RecordReader {
    private let entity: StoredEntity
    private let connections: [Int64: ConnectionID]
    private let content: Content
    private let statement: RecordStatement

    private enum Content {
        case everything(RecordColumns)
        case fields([FieldPath])
    }

    init(
        _ database: Database, _ entity: StoredEntity, _ fields: [FieldPath]?, _ names: QueryNames,
        connections: [Int64: ConnectionID]
    ) throws {
        (self.entity, self.connections) = (entity, connections)
        let columns: String
        if let fields {
            content = .fields(fields)
            let values = try fields.map { ", " + (try names.value(at: $0, of: entity)) }.joined()
            columns = "id, _absent\(values)"
        } else {
            let all = RecordColumns(of: entity, from: 1)
            content = .everything(all)
            columns = all.sql
        }
        statement = try RecordStatement(
            database, once: "SELECT _connection, \(columns) FROM \(EntityTable(entity).name) AS r WHERE r._row = ?")
    }

    /// The record of a row.
    func record(at row: Int64) throws -> StoredRecord {
        guard let record = try statement.first(.integer(row), read: record) else {
            throw DatabaseError.unreadable("_row")
        }
        return record
    }

    private func record(_ row: RecordStatement) throws -> StoredRecord {
        guard let connection = connections[row.integer(at: 0)] else { throw DatabaseError.unreadable("_connection") }
        switch content {
        case .everything(let columns):
            let content = columns.content(of: row)
            return StoredRecord(
                connection: connection, ref: Ref(entity.name, columns.id(of: row)), fields: content.fields,
                others: content.others)
        case .fields(let paths):
            let absent = OtherFields.names(row.text(at: 2))
            let known = paths.enumerated().filter { !$1.steps.isEmpty || !absent.contains($1.field) }
            let values = known.map { index, path in (path.name, JSON(row.value(at: index + 3), of: path.kind)) }
            return StoredRecord(
                connection: connection, ref: Ref(entity.name, row.text(at: 1) ?? ""),
                fields: Dictionary(values) { first, _ in first })
        }
    }
}
