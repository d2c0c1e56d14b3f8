extension Schema {
    /// The tables of who may come in: tokens lie in them as digests, the passphrase as its scrypt hash.
    ///
    /// No entity's table can have one of these names: those have no underscore.
    static let access = [owners, agents].joined(separator: "\n")

    private static let owners = """
        CREATE TABLE access_owner (
            id INTEGER PRIMARY KEY CHECK (id = 1),
            salt BLOB NOT NULL CHECK (length(salt) = 16),
            hash BLOB NOT NULL CHECK (length(hash) = 32),
            rounds INTEGER NOT NULL CHECK (rounds > 1),
            block_size INTEGER NOT NULL CHECK (block_size > 0),
            parallelism INTEGER NOT NULL CHECK (parallelism > 0)
        ) STRICT;

        CREATE TABLE access_session (
            number INTEGER PRIMARY KEY,
            id TEXT NOT NULL UNIQUE,
            token TEXT NOT NULL UNIQUE CHECK (length(token) = 43),
            address TEXT NOT NULL,
            program TEXT NOT NULL,
            began_at TEXT NOT NULL,
            seen_at TEXT NOT NULL
        ) STRICT;

        CREATE TABLE access_link (
            number INTEGER PRIMARY KEY,
            token TEXT NOT NULL UNIQUE CHECK (length(token) = 43),
            purpose TEXT NOT NULL CHECK (purpose IN ('welcome', 'setup')),
            setup_id TEXT,
            expires_at TEXT NOT NULL,
            CHECK ((purpose = 'setup') = (setup_id IS NOT NULL))
        ) STRICT;

        CREATE UNIQUE INDEX access_welcome ON access_link (purpose) WHERE purpose = 'welcome';
        CREATE INDEX access_link_by_setup ON access_link (setup_id) WHERE setup_id IS NOT NULL;
        """

    private static let agents = """
        CREATE TABLE access_agent (
            number INTEGER PRIMARY KEY,
            id TEXT NOT NULL UNIQUE,
            token TEXT NOT NULL UNIQUE CHECK (length(token) = 43),
            name TEXT NOT NULL CHECK (name <> ''),
            scopes TEXT NOT NULL CHECK (json_valid(scopes) AND json_array_length(scopes) > 0),
            created_at TEXT NOT NULL,
            expires_at TEXT NOT NULL,
            used_at TEXT
        ) STRICT;

        CREATE TABLE access_grant (
            device_code TEXT NOT NULL PRIMARY KEY CHECK (length(device_code) = 43),
            user_code TEXT NOT NULL UNIQUE CHECK (length(user_code) = 8),
            seed BLOB NOT NULL CHECK (length(seed) = 32),
            name TEXT NOT NULL CHECK (name <> ''),
            scopes TEXT NOT NULL CHECK (json_valid(scopes) AND json_array_length(scopes) > 0),
            address TEXT NOT NULL,
            program TEXT NOT NULL,
            requested_at TEXT NOT NULL,
            expires_at TEXT NOT NULL,
            poll_interval INTEGER NOT NULL CHECK (poll_interval > 0),
            polled_at TEXT,
            decision TEXT NOT NULL CHECK (decision IN ('waiting', 'approved', 'denied', 'redeemed')),
            allowed TEXT CHECK (allowed IS NULL OR (json_valid(allowed) AND json_array_length(allowed) > 0)),
            agent_id TEXT UNIQUE REFERENCES access_agent (id) ON DELETE CASCADE,
            redeemed_at TEXT,
            CHECK ((decision = 'approved') = (allowed IS NOT NULL)),
            CHECK ((decision = 'redeemed') = (agent_id IS NOT NULL)),
            CHECK ((decision = 'redeemed') = (redeemed_at IS NOT NULL))
        ) STRICT;

        CREATE INDEX access_grant_waiting ON access_grant (expires_at) WHERE decision = 'waiting';
        """
}
