extension Schema {
    /// What the owner is told, what they do not want to hear of, and the ways on which it leaves the machine.
    ///
    /// Of one key at most one notice is open. A delivery is one notice on its way through one channel; those of one
    /// digest share a message. There is one mailbox at most.
    static let notices = [noticeTables, channelTables, firstSyncs].joined(separator: "\n")

    private static let kinds = "('first_sync', 'needs_attention', 'expiring', 'device_silent', 'disk_low')"

    private static let noticeTables = """
        CREATE TABLE notice (
            number INTEGER PRIMARY KEY AUTOINCREMENT,
            id TEXT NOT NULL UNIQUE,
            key TEXT NOT NULL,
            kind TEXT NOT NULL CHECK (kind IN \(kinds)),
            connection_id TEXT REFERENCES connection (id) ON DELETE CASCADE,
            title TEXT NOT NULL CHECK (title <> ''),
            sentence TEXT NOT NULL,
            action TEXT CHECK (action IS NULL OR json_valid(action)),
            link TEXT,
            raised_at TEXT NOT NULL,
            cleared_at TEXT,
            read_at TEXT
        ) STRICT;

        CREATE UNIQUE INDEX notice_open ON notice (key) WHERE cleared_at IS NULL;
        CREATE INDEX notice_by_key ON notice (key, number);
        CREATE INDEX notice_by_connection ON notice (connection_id) WHERE connection_id IS NOT NULL;

        CREATE TABLE notice_mute (
            kind TEXT NOT NULL CHECK (kind IN \(kinds)),
            connection_id TEXT REFERENCES connection (id) ON DELETE CASCADE
        ) STRICT;

        CREATE UNIQUE INDEX notice_mute_once ON notice_mute (kind, coalesce(connection_id, ''));
        CREATE INDEX notice_mute_by_connection ON notice_mute (connection_id) WHERE connection_id IS NOT NULL;
        """

    private static let channelTables = """
        CREATE TABLE notice_channel (
            number INTEGER PRIMARY KEY AUTOINCREMENT,
            id TEXT NOT NULL UNIQUE,
            form TEXT NOT NULL CHECK (form IN ('webhook', 'mail')),
            kinds TEXT NOT NULL CHECK (json_valid(kinds)),
            settings TEXT NOT NULL CHECK (json_valid(settings)),
            created_at TEXT NOT NULL,
            disabled_at TEXT,
            said TEXT
        ) STRICT;

        CREATE UNIQUE INDEX notice_channel_mail ON notice_channel (form) WHERE form = 'mail';

        CREATE TABLE notice_delivery (
            number INTEGER PRIMARY KEY AUTOINCREMENT,
            channel_id TEXT NOT NULL REFERENCES notice_channel (id) ON DELETE CASCADE,
            notice_id TEXT NOT NULL REFERENCES notice (id) ON DELETE CASCADE,
            message_id TEXT NOT NULL,
            state TEXT NOT NULL CHECK (state IN ('waiting', 'sent', 'given_up')),
            tries INTEGER NOT NULL CHECK (tries >= 0),
            queued_at TEXT NOT NULL,
            next_at TEXT,
            done_at TEXT,
            said TEXT,
            told TEXT CHECK (told IS NULL OR json_valid(told)),
            UNIQUE (channel_id, notice_id),
            CHECK ((state = 'waiting') = (next_at IS NOT NULL)),
            CHECK ((state = 'waiting') = (done_at IS NULL))
        ) STRICT;

        CREATE INDEX notice_delivery_due ON notice_delivery (next_at) WHERE state = 'waiting';
        CREATE INDEX notice_delivery_by_notice ON notice_delivery (notice_id);
        CREATE INDEX notice_delivery_by_message ON notice_delivery (message_id);
        """

    /// The first syncs of before there were notices are not told of.
    private static let firstSyncs = """
        INSERT INTO notice (id, key, kind, connection_id, title, sentence, raised_at, cleared_at, read_at)
        SELECT
            'ntc_' || lower(hex(randomblob(13))), 'first_sync/' || connection.id, 'first_sync', connection.id,
            'First sync of ' || connection.label || ' is done', '', max(ended_at), max(ended_at), max(ended_at)
        FROM run JOIN connection ON connection.id = run.connection_id
        WHERE run.state IN ('complete', 'partial') GROUP BY connection.id;
        """
}
