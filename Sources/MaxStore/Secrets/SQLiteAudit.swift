internal import Foundation
internal import GRDB
package import MaxHub

/// How many lines of the audit are kept.
let auditLimit = 100_000

extension SQLiteStore {
    package func audit(_ entries: [AuditEntry]) async throws {
        try await write { try $0.note(entries) }
    }

    package func auditTrail(limit: Int) async throws -> [AuditEntry] {
        try await read { database in
            let rows: SQLRequest<Row> = "SELECT * FROM audit ORDER BY id DESC LIMIT \(max(0, limit))"
            return try rows.fetchAll(database).map(AuditEntry.init(row:))
        }
    }
}

extension Database {
    /// Adds lines to the audit, and removes the oldest beyond ``auditLimit``.
    func note(_ entries: [AuditEntry]) throws {
        for entry in entries { try entry.insert(into: self) }
        try execute(literal: "DELETE FROM audit WHERE id <= (SELECT max(id) FROM audit) - \(auditLimit)")
    }
}

extension AuditEntry {
    fileprivate init(row: Row) throws {
        let connection: String? = row["connection_id"]
        self.init(
            at: try row.time("at"), action: try row.word("action"),
            connection: connection.map(ConnectionID.init(rawValue:)), field: row["field"], purpose: row["purpose"],
            count: row["count"])
    }

    fileprivate func insert(into database: Database) throws {
        try database.execute(
            literal: """
                INSERT INTO audit (at, action, connection_id, field, purpose, count)
                VALUES (
                    \(ColumnText.of(at)), \(action.rawValue), \(connection?.rawValue), \(field), \(purpose), \(count)
                )
                """)
    }
}
