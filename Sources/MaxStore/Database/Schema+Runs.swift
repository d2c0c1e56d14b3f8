extension Schema {
    /// Runs, their tasks, and what they leave for later ones.
    static let runs = [runTable, lateRuns, taskTables, forgetting].joined(separator: "\n")

    /// A run with its whole course; of one connection at most one waits and at most one is under way.
    ///
    /// The first version knew requests only. Of several for one connection the newest is kept.
    private static let runTable = """
        CREATE TABLE new_run (
            number INTEGER PRIMARY KEY,
            id TEXT NOT NULL UNIQUE,
            connection_id TEXT NOT NULL REFERENCES connection (id) ON DELETE CASCADE,
            mode TEXT NOT NULL CHECK (mode IN ('changes', 'everything')),
            only_entities TEXT NOT NULL CHECK (json_valid(only_entities)),
            state TEXT NOT NULL
                CHECK (state IN ('requested', 'running', 'complete', 'partial', 'failed', 'cancelled')),
            requested_at TEXT NOT NULL,
            started_at TEXT,
            ended_at TEXT,
            is_cancel_requested INTEGER NOT NULL CHECK (is_cancel_requested IN (0, 1)),
            worker TEXT,
            fence INTEGER NOT NULL CHECK (fence >= 0),
            leased_until TEXT,
            progress TEXT NOT NULL CHECK (json_valid(progress)),
            ending TEXT CHECK (ending IS NULL OR json_valid(ending)),
            CHECK (state <> 'requested' OR started_at IS NULL),
            CHECK (state <> 'running' OR started_at IS NOT NULL),
            CHECK ((state = 'running') = (worker IS NOT NULL)),
            CHECK ((worker IS NULL) = (leased_until IS NULL)),
            CHECK ((state IN ('requested', 'running')) = (ended_at IS NULL)),
            CHECK ((ended_at IS NULL) = (ending IS NULL))
        ) STRICT;

        INSERT INTO new_run (
            id, connection_id, mode, only_entities, state, requested_at, ended_at, is_cancel_requested, fence,
            progress, ending
        )
        SELECT
            id, connection_id, 'changes', '[]', iif(is_newest, 'requested', 'cancelled'), requested_at,
            iif(is_newest, NULL, requested_at), 0, 0, '{"counts":{},"misfits":{},"stages":[]}',
            iif(is_newest, NULL, '{"emptiness":{},"missing":[]}')
        FROM (
            SELECT *, rowid = max(rowid) OVER (PARTITION BY connection_id) AS is_newest FROM run ORDER BY rowid
        );

        DROP TABLE run;
        ALTER TABLE new_run RENAME TO run;
        CREATE INDEX run_by_connection ON run (connection_id);
        CREATE UNIQUE INDEX run_waiting ON run (connection_id) WHERE state = 'requested';
        CREATE UNIQUE INDEX run_under_way ON run (connection_id) WHERE state = 'running';
        """

    private static let lateRuns = ["INSERT", "UPDATE"].map { write in
        """
        CREATE TRIGGER run_\(write.lowercased())_after_erasure BEFORE \(write) ON run
        WHEN EXISTS (SELECT 1 FROM erased_connection WHERE id = NEW.connection_id)
        BEGIN SELECT RAISE(ABORT, '\(erased)'); END;
        """
    }.joined(separator: "\n")

    /// Tasks belong to their connection: the run that took it last works on them.
    ///
    /// A write for a connection that was erased has no parent row any more, and its number is never given again.
    private static let taskTables = """
        CREATE TABLE task (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            connection INTEGER NOT NULL REFERENCES connection (number) ON DELETE CASCADE,
            way TEXT NOT NULL,
            subject TEXT NOT NULL,
            kind TEXT NOT NULL CHECK (kind IN ('collection', 'feed', 'detail')),
            state TEXT NOT NULL CHECK (state IN ('waiting', 'failed', 'done')),
            cursor TEXT,
            page INTEGER NOT NULL CHECK (page >= 0),
            attempts INTEGER NOT NULL CHECK (attempts >= 0),
            is_interrupted INTEGER NOT NULL CHECK (is_interrupted IN (0, 1)),
            not_before TEXT,
            problem TEXT CHECK (problem IS NULL OR json_valid(problem)),
            UNIQUE (connection, way, subject, kind),
            CHECK ((state = 'failed') = (problem IS NOT NULL)),
            CHECK (state <> 'done' OR not_before IS NULL)
        ) STRICT;

        CREATE INDEX task_to_do ON task (connection, state, not_before);
        CREATE INDEX task_by_way ON task (connection, way) WHERE state = 'waiting' AND not_before IS NULL;

        CREATE TABLE sync_cursor (
            connection INTEGER NOT NULL REFERENCES connection (number) ON DELETE CASCADE,
            subject TEXT NOT NULL,
            way TEXT NOT NULL,
            kind TEXT NOT NULL CHECK (kind IN ('collection', 'feed', 'detail')),
            resume TEXT NOT NULL,
            PRIMARY KEY (connection, subject, way, kind)
        ) STRICT, WITHOUT ROWID;

        CREATE TABLE page_memo (
            connection INTEGER NOT NULL REFERENCES connection (number) ON DELETE CASCADE,
            subject TEXT NOT NULL,
            way TEXT NOT NULL,
            page INTEGER NOT NULL CHECK (page >= 0),
            validator TEXT NOT NULL,
            cursor TEXT,
            next TEXT,
            total INTEGER,
            records INTEGER NOT NULL CHECK (records >= 0),
            PRIMARY KEY (connection, subject, way, page)
        ) STRICT, WITHOUT ROWID;

        CREATE TABLE sync_state (
            connection INTEGER NOT NULL PRIMARY KEY REFERENCES connection (number) ON DELETE CASCADE,
            run_id TEXT NOT NULL UNIQUE,
            is_pass_open INTEGER NOT NULL CHECK (is_pass_open IN (0, 1)),
            last_whole_at TEXT,
            refusal TEXT CHECK (refusal IS NULL OR json_valid(refusal))
        ) STRICT;
        """

    /// Of a record that is gone nothing is remembered that a record with its id could be mistaken for.
    private static let forgetting = """
        CREATE TRIGGER gone_record_is_forgotten AFTER INSERT ON gone_record
        BEGIN
            DELETE FROM page_memo
            WHERE connection = NEW.connection AND subject = NEW.id AND way GLOB NEW.entity || '.*';
            DELETE FROM sync_cursor
            WHERE connection = NEW.connection AND subject = NEW.id AND (kind = 'feed' OR way GLOB NEW.entity || '.*');
        END;
        """

    /// When a connection is synced: what its owner wants, and the failures in a row that have one cause.
    static let schedules = """
        ALTER TABLE connection ADD COLUMN sync_interval REAL CHECK (sync_interval > 0);
        ALTER TABLE sync_state ADD COLUMN setback TEXT CHECK (setback IS NULL OR json_valid(setback));
        CREATE INDEX run_ended ON run (connection_id, number) WHERE ended_at IS NOT NULL;
        """

    /// How long credentials lasted until the provider refused them, in seconds.
    static let credentialLifetimes = """
        CREATE TABLE credential_lifetime (
            number INTEGER NOT NULL PRIMARY KEY,
            connector TEXT NOT NULL,
            credential TEXT NOT NULL,
            seconds INTEGER NOT NULL CHECK (seconds >= 0)
        ) STRICT;

        CREATE INDEX credential_lifetime_by_kind ON credential_lifetime (connector, credential, number);
        """
}
