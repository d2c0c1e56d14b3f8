internal import GRDB

/// The tables, as a list of dated changes that only ever grows.
enum Schema {
    /// The message with which a trigger refuses a write for an erased connection.
    static let erased = "connection erased"
    /// The message with which a trigger refuses a secret in force for a revoked connection.
    static let revoked = "connection revoked"
    /// The message with which a trigger refuses a data key under a retired master key.
    static let retired = "master key retired"

    static let migrator: DatabaseMigrator = {
        var migrator = DatabaseMigrator()
        migrator.registerMigration("2026-11-21 connections and their setups") { try $0.execute(sql: firstTables) }
        migrator.registerMigration("2026-11-21 refusals") { try $0.execute(sql: refusals) }
        migrator.registerMigration("2026-11-21 retired master keys") { try $0.execute(sql: retirements) }
        migrator.registerMigration("2026-11-21 finished setups") { database in
            try database.execute(
                sql:
                    "ALTER TABLE connection ADD COLUMN last_setup TEXT CHECK (last_setup IS NULL OR json_valid(last_setup))"
            )
        }
        migrator.registerMigration("2026-11-21 records") { try $0.execute(sql: records) }
        migrator.registerMigration("2026-11-21 runs") { try $0.execute(sql: runs) }
        migrator.registerMigration("2026-11-21 access") { try $0.execute(sql: access) }
        migrator.registerMigration("2026-11-21 refused credentials") { try $0.execute(sql: refusedCredentials) }
        migrator.registerMigration("2026-11-22 agents of setups") { database in
            for column in ["started_by", "handed_to"] {
                try database.execute(sql: "ALTER TABLE setup_session ADD COLUMN \(column) TEXT")
            }
        }
        migrator.registerMigration("2026-11-22 schedules") { try $0.execute(sql: schedules) }
        migrator.registerMigration("2026-11-22 credential lifetimes") { try $0.execute(sql: credentialLifetimes) }
        migrator.registerMigration("2026-11-22 recordings") { try $0.execute(sql: recordings) }
        migrator.registerMigration("2026-11-22 notices") { try $0.execute(sql: notices) }
        return migrator
    }()

    private static let firstTables = """
        CREATE TABLE connection (
            id TEXT NOT NULL PRIMARY KEY,
            connector TEXT NOT NULL,
            slug TEXT NOT NULL UNIQUE CHECK (slug <> ''),
            label TEXT NOT NULL,
            account_id TEXT,
            account_label TEXT,
            account_scopes TEXT CHECK (account_scopes IS NULL OR json_valid(account_scopes)),
            account_expires_at TEXT,
            state TEXT NOT NULL CHECK (state IN ('shell', 'active', 'paused', 'revoked')),
            config TEXT NOT NULL CHECK (json_valid(config)),
            config_version INTEGER NOT NULL,
            is_sandbox INTEGER NOT NULL CHECK (is_sandbox IN (0, 1)),
            allowed_hosts TEXT NOT NULL CHECK (json_valid(allowed_hosts)),
            created_at TEXT NOT NULL,
            activated_at TEXT,
            UNIQUE (connector, is_sandbox, account_id),
            CHECK ((account_id IS NULL) = (account_label IS NULL)),
            CHECK ((account_id IS NULL) = (account_scopes IS NULL))
        ) STRICT;

        CREATE TABLE setup_session (
            id TEXT NOT NULL PRIMARY KEY,
            connector TEXT NOT NULL,
            purpose TEXT NOT NULL CHECK (purpose IN ('add', 'reconnect')),
            connection_id TEXT NOT NULL UNIQUE,
            name TEXT,
            revision INTEGER NOT NULL CHECK (revision >= 0),
            state TEXT NOT NULL CHECK (json_valid(state)),
            receipt_revision INTEGER,
            receipt_digest TEXT,
            created_at TEXT NOT NULL,
            expires_at TEXT NOT NULL,
            CHECK ((receipt_revision IS NULL) = (receipt_digest IS NULL))
        ) STRICT;

        CREATE TABLE data_key (
            id TEXT NOT NULL PRIMARY KEY,
            connection_id TEXT NOT NULL,
            master_key TEXT NOT NULL,
            wrapped BLOB NOT NULL,
            created_at TEXT NOT NULL,
            UNIQUE (connection_id, id)
        ) STRICT;

        CREATE TABLE secret (
            connection_id TEXT NOT NULL,
            field TEXT NOT NULL,
            stage TEXT NOT NULL CHECK (stage IN ('staged', 'active')),
            data_key_id TEXT NOT NULL,
            version INTEGER NOT NULL,
            ciphertext BLOB NOT NULL,
            PRIMARY KEY (connection_id, field, stage),
            FOREIGN KEY (connection_id, data_key_id) REFERENCES data_key (connection_id, id) ON DELETE CASCADE
        ) STRICT;

        CREATE INDEX secret_by_data_key ON secret (connection_id, data_key_id);

        CREATE TABLE run (
            id TEXT NOT NULL PRIMARY KEY,
            connection_id TEXT NOT NULL REFERENCES connection (id) ON DELETE CASCADE,
            state TEXT NOT NULL CHECK (state IN ('requested')),
            requested_at TEXT NOT NULL
        ) STRICT;

        CREATE INDEX run_by_connection ON run (connection_id, requested_at);

        CREATE TABLE audit (
            id INTEGER PRIMARY KEY,
            at TEXT NOT NULL,
            action TEXT NOT NULL CHECK (action IN ('seal', 'open', 'delete', 'rotate', 'refuse')),
            connection_id TEXT,
            field TEXT,
            purpose TEXT NOT NULL,
            count INTEGER NOT NULL CHECK (count > 0)
        ) STRICT;

        CREATE TABLE erased_connection (
            id TEXT NOT NULL PRIMARY KEY,
            erased_at TEXT NOT NULL
        ) STRICT;
        """

    /// What no constraint of a table alone can say: nothing comes back for an erased connection, and a revoked one has
    /// no secret in force.
    private static let refusals: String = {
        let keyed = [
            "connection": "id", "setup_session": "connection_id", "data_key": "connection_id",
            "secret": "connection_id", "run": "connection_id",
        ]
        let late = keyed.sorted { $0.key < $1.key }.flatMap { table, column in
            ["INSERT", "UPDATE"].map { write in
                """
                CREATE TRIGGER \(table)_\(write.lowercased())_after_erasure BEFORE \(write) ON \(table)
                WHEN EXISTS (SELECT 1 FROM erased_connection WHERE id = NEW.\(column))
                BEGIN SELECT RAISE(ABORT, '\(erased)'); END;
                """
            }
        }
        let afterRevocation = ["INSERT", "UPDATE"].map { write in
            """
            CREATE TRIGGER secret_\(write.lowercased())_after_revocation BEFORE \(write) ON secret
            WHEN NEW.stage = 'active'
            AND EXISTS (SELECT 1 FROM connection WHERE id = NEW.connection_id AND state = 'revoked')
            BEGIN SELECT RAISE(ABORT, '\(revoked)'); END;
            """
        }
        return (late + afterRevocation).joined(separator: "\n")
    }()

    /// A master key that a rotation has put out of use wraps nothing any more, whoever still holds it.
    private static let retirements: String = {
        let table = """
            CREATE TABLE retired_master_key (
                id TEXT NOT NULL PRIMARY KEY,
                retired_at TEXT NOT NULL
            ) STRICT;
            """
        let afterRetirement = ["INSERT", "UPDATE"].map { write in
            """
            CREATE TRIGGER data_key_\(write.lowercased())_after_retirement BEFORE \(write) ON data_key
            WHEN EXISTS (SELECT 1 FROM retired_master_key WHERE id = NEW.master_key)
            BEGIN SELECT RAISE(ABORT, '\(retired)'); END;
            """
        }
        return ([table] + afterRetirement).joined(separator: "\n")
    }()

    /// How often credentials were refused lately, for accounts of which only a keyed hash is written down.
    private static let refusedCredentials = """
        CREATE TABLE setup_refusal (
            number INTEGER PRIMARY KEY,
            account TEXT NOT NULL CHECK (length(account) = 64),
            refused_at TEXT NOT NULL
        ) STRICT;

        CREATE INDEX setup_refusal_by_account ON setup_refusal (account, refused_at);
        """
}
