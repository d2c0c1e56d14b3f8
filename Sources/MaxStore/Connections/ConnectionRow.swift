internal import Foundation
internal import GRDB
internal import MaxConnector
internal import MaxHub

extension Connection {
    init(row: Row) throws {
        self.init(
            id: ConnectionID(rawValue: row["id"]), connector: row["connector"], slug: row["slug"], label: row["label"],
            identity: try Identity(row: row), state: try row.word("state"), config: try row.json("config"),
            configVersion: row["config_version"], isSandbox: row["is_sandbox"],
            allowedHosts: try row.json("allowed_hosts"), createdAt: try row.time("created_at"),
            activatedAt: try row.optionalTime("activated_at"),
            lastSetup: row["last_setup"] == nil ? nil : try row.json("last_setup"))
    }

    /// Stores it with a number that no other connection ever had.
    func insert(into database: Database) throws {
        try database.execute(sql: "UPDATE counter SET value = value + 1 WHERE name = 'connection'")
        try database.execute(
            literal: """
                INSERT INTO connection (
                    id, connector, slug, label, account_id, account_label, account_scopes, account_expires_at,
                    state, config, config_version, is_sandbox, allowed_hosts, created_at, activated_at,
                    last_setup, number
                ) VALUES (
                    \(id.rawValue), \(connector), \(slug), \(label), \(identity?.id), \(identity?.label),
                    \(identity.map { try ColumnText.of(json: $0.scopes) }),
                    \(identity?.expiresAt.map(ColumnText.of)), \(state.rawValue), \(ColumnText.of(json: config)),
                    \(configVersion), \(isSandbox), \(ColumnText.of(json: allowedHosts.sorted())),
                    \(ColumnText.of(createdAt)), \(activatedAt.map(ColumnText.of)),
                    \(lastSetup.map { try ColumnText.of(json: $0) }),
                    (SELECT value FROM counter WHERE name = 'connection')
                )
                """)
    }

    /// Stores everything that may change; false when there is no such connection.
    func update(in database: Database) throws -> Bool {
        try database.execute(
            literal: """
                UPDATE connection SET
                    slug = \(slug), label = \(label), account_id = \(identity?.id),
                    account_label = \(identity?.label),
                    account_scopes = \(identity.map { try ColumnText.of(json: $0.scopes) }),
                    account_expires_at = \(identity?.expiresAt.map(ColumnText.of)),
                    state = \(state.rawValue), config = \(ColumnText.of(json: config)),
                    config_version = \(configVersion),
                    allowed_hosts = \(ColumnText.of(json: allowedHosts.sorted())),
                    activated_at = \(activatedAt.map(ColumnText.of)),
                    last_setup = \(lastSetup.map { try ColumnText.of(json: $0) })
                WHERE id = \(id.rawValue)
                """)
        return database.changesCount == 1
    }
}

extension Identity {
    fileprivate init?(row: Row) throws {
        guard let id: String = row["account_id"] else { return nil }
        self.init(
            id: id, label: row["account_label"], scopes: try row.json("account_scopes"),
            expiresAt: try row.optionalTime("account_expires_at"))
    }
}
