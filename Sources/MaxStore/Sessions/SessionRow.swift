internal import Foundation
internal import GRDB
internal import MaxHub

extension SetupSession {
    init(row: Row) throws {
        self.init(
            id: SessionID(rawValue: row["id"]), connector: row["connector"], purpose: try row.word("purpose"),
            connection: ConnectionID(rawValue: row["connection_id"]), name: row["name"], revision: row["revision"],
            state: try row.json("state"), receipt: AnswerReceipt(row: row),
            startedBy: AgentID(row["started_by"]), handedTo: AgentID(row["handed_to"]),
            createdAt: try row.time("created_at"),
            expiresAt: try row.time("expires_at"))
    }

    func insert(into database: Database) throws {
        try database.execute(
            literal: """
                INSERT INTO setup_session (
                    id, connector, purpose, connection_id, name, revision, state, receipt_revision, receipt_digest,
                    started_by, handed_to, created_at, expires_at
                ) VALUES (
                    \(id.rawValue), \(connector), \(purpose.rawValue), \(connection.rawValue), \(name), \(revision),
                    \(ColumnText.of(json: state)), \(receipt?.revision), \(receipt?.digest),
                    \(startedBy?.rawValue), \(handedTo?.rawValue), \(ColumnText.of(createdAt)),
                    \(ColumnText.of(expiresAt))
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
                    handed_to = \(handedTo?.rawValue), expires_at = \(ColumnText.of(expiresAt))
                WHERE id = \(id.rawValue)
                """)
    }
}

extension AgentID {
    fileprivate init?(_ word: String?) {
        guard let word else { return nil }
        self.init(rawValue: word)
    }
}

extension AnswerReceipt {
    fileprivate init?(row: Row) {
        guard let revision: Int = row["receipt_revision"] else { return nil }
        self.init(revision: revision, digest: row["receipt_digest"])
    }
}
