internal import Foundation
internal import GRDB
internal import MaxHub

extension Agent {
    init(row: Row) throws {
        self.init(
            id: AgentID(rawValue: row["id"]), name: row["name"], scopes: try row.json("scopes"),
            createdAt: try row.time("created_at"), expiresAt: try row.time("expires_at"),
            usedAt: try row.optionalTime("used_at"))
    }

    func insert(_ token: TokenDigest, into database: Database) throws {
        try database.run(
            """
            INSERT INTO access_agent (id, token, name, scopes, created_at, expires_at, used_at)
            VALUES (
                \(id.rawValue), \(token.rawValue), \(name), \(scopes.columnText), \(ColumnText.of(createdAt)),
                \(ColumnText.of(expiresAt)), \(usedAt.map(ColumnText.of))
            )
            """)
    }
}

extension Set<AgentScope> {
    /// The scopes as a JSON array, in the order of the alphabet.
    var columnText: String { get throws { try ColumnText.of(json: sorted { $0.rawValue < $1.rawValue }) } }
}
