extension Schema {
    /// What was recorded of runs and setups: in parts, as they were stored, so that the oldest can go.
    ///
    /// A recording goes with its run, and with its connection; that of a setup which came to nothing goes with it.
    static let recordings = """
        CREATE TABLE recording (
            number INTEGER PRIMARY KEY,
            subject TEXT NOT NULL UNIQUE,
            kind TEXT NOT NULL CHECK (kind IN ('run', 'setup')),
            connection_id TEXT NOT NULL,
            began_at TEXT NOT NULL,
            bytes INTEGER NOT NULL CHECK (bytes >= 0),
            lost INTEGER NOT NULL CHECK (lost >= 0)
        ) STRICT;

        CREATE INDEX recording_by_connection ON recording (connection_id, number);

        CREATE TABLE recording_part (
            id INTEGER PRIMARY KEY,
            recording INTEGER NOT NULL REFERENCES recording (number) ON DELETE CASCADE,
            events INTEGER NOT NULL CHECK (events > 0),
            text TEXT NOT NULL
        ) STRICT;

        CREATE INDEX recording_part_by_recording ON recording_part (recording, id);

        CREATE TRIGGER recording_goes_with_run AFTER DELETE ON run
        BEGIN DELETE FROM recording WHERE subject = OLD.id; END;

        CREATE TRIGGER recording_goes_with_connection AFTER INSERT ON erased_connection
        BEGIN DELETE FROM recording WHERE connection_id = NEW.id; END;
        """
}
