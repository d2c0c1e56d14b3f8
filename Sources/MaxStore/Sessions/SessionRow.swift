internal import Foundation
internal import GRDB
internal import MaxHub

extension SetupSession {
    init(row: Row) throws {
        self.init(
            id: SessionID(rawValue: row["id"]), connector: row["connector"], purpose: try row.word("purpose"),
            connection: ConnectionID(rawValue: row["connection_id"]), name: row["name"], revision: row["revision"],
            state: try row.json("state"), receipt: AnswerReceipt(row: row), createdAt: try row.time("created_at"),
            expiresAt: try row.time("expires_at"))
    }

    func insert(into database: Database) throws {
        try database.execute(
            literal: """
                INSERT INTO setup_session (
                    id, connector, purpose, connection_id, name, revision, state, receipt_revision, receipt_digest,
                    created_at, expires_at
                ) VALUES (
                    \(id.rawValue), \(connector), \(purpose.rawValue), \(connection.rawValue), \(name), \(revision),
                    \(ColumnText.of(json: state)), \(receipt?.revision), \(receipt?.digest),
                    \(ColumnText.of(createdAt)), \(ColumnText.of(expiresAt))
                )
                """)
    }

    func update(in database: Database) throws {
        try database.execute(
            literal: """
                UPDATE setup_session SET
                    purpose = \(purpose.rawValue), connection_id = \(connection.rawValue), name = \(name),
                    revision = \(revision), state = \(ColumnText.of(json: state)),
                    receipt_revision = \(receipt?.revision), receipt_digest = \(receipt?.digest),
                    expires_at = \(ColumnText.of(expiresAt))
                WHERE id = \(id.rawValue)
                """)
    }
}

extension AnswerReceipt {
    fileprivate init?(row: Row) {
        guard let revision: Int = row["receipt_revision"] else { return nil }
        self.init(revision: revision, digest: row["receipt_digest"])
    }
}
