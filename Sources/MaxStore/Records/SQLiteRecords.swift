package import Foundation
internal import GRDB
package import MaxConnector
package import MaxCore
package import MaxHub

extension SQLiteStore {
    package func prepare(_ schema: ConnectorSchema, of connector: String) async throws {
        let preparation = SchemaPreparation(schema, of: connector)
        if try await read({ try preparation.isDone(in: $0) }) { return }
        try await writeAndWipe { database in
            if try !preparation.isDone(in: database) { try preparation.carryOut(in: database) }
        }
    }

    package func catalog() async throws -> [StoredEntity] {
        try await read { try EntityCatalog($0).all() }
    }

    package func tallies() async throws -> [RecordTally] {
        try await read { database in
            try RecordStatement(
                database,
                """
                SELECT connection.id, record_tally.entity, record_tally.count
                FROM record_tally JOIN connection ON connection.number = record_tally.connection
                WHERE count > 0 ORDER BY connection.number, record_tally.entity
                """
            ).all { row in
                RecordTally(
                    connection: ConnectionID(rawValue: row.text(at: 0) ?? ""), entity: row.text(at: 1) ?? "",
                    count: Int(row.integer(at: 2)))
            }
        }
    }

    package func write(
        _ records: [MaxCore.Record], of connection: ConnectionID, at time: Date
    ) async throws -> WriteCounts {
        try await write { database in
            var writer = try RecordWriter(database, connection: connection, at: time)
            for record in records { _ = try writer.store(record) }
            return try writer.finish()
        }
    }

    package func record(_ ref: Ref, of connection: ConnectionID) async throws -> FoundRecord? {
        try await read { try RecordReading($0, of: connection)?.record(ref) }
    }

    package func changes(
        of connection: ConnectionID, after sequence: Int64, limit: Int
    ) async throws -> [RecordChange] {
        try await read { try ChangeReading($0, of: connection)?.changes(after: sequence, limit: limit) ?? [] }
    }
}
