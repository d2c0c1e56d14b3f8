package import Foundation
internal import GRDB
internal import MaxCore
package import MaxHub

extension SQLiteStore: RecordingRows {
    package func record(_ part: RecordedPart, as key: RecordingKey, at time: Date) async throws {
        guard !part.isEmpty else { return }
        try await write { try $0.record(part, as: key, at: time) }
    }

    package func recording(of subject: String) async throws -> Recording? {
        try await read { database in
            guard let row = try database.firstRow("SELECT * FROM recording WHERE subject = \(subject)") else {
                return nil
            }
            let number: Int64 = row["number"]
            let parts = try database.allRows("SELECT text FROM recording_part WHERE recording = \(number) ORDER BY id")
            return Recording(
                key: try RecordingKey(row: row), beganAt: try row.time("began_at"), lost: row["lost"],
                events: try parts.flatMap { try $0.recordedEvents() })
        }
    }

    package func recorded(beginningWith letters: String, limit: Int) async throws -> [RecordingKey] {
        try await read { database in
            try database.allRows(
                """
                SELECT * FROM recording WHERE substr(subject, 1, \(letters.unicodeScalars.count)) = \(letters)
                ORDER BY number DESC LIMIT \(limit)
                """
            ).map(RecordingKey.init(row:))
        }
    }

    package func recorded(of connection: ConnectionID, limit: Int) async throws -> [RecordingKey] {
        try await read { database in
            try database.allRows(
                """
                SELECT * FROM recording WHERE connection_id = \(connection.rawValue)
                ORDER BY number DESC LIMIT \(limit)
                """
            ).map(RecordingKey.init(row:))
        }
    }
}

extension Database {
    /// Adds to a recording within a transaction.
    func record(_ part: RecordedPart, as key: RecordingKey, at time: Date) throws {
        guard !part.isEmpty, let number = try recording(key, at: time) else { return }
        let text = try part.events.map { try ColumnText.of(json: $0) }.joined(separator: "\n")
        if !part.events.isEmpty {
            try run(
                """
                INSERT INTO recording_part (recording, events, text) VALUES (\(number), \(part.events.count), \(text))
                """)
        }
        try run(
            """
            UPDATE recording SET bytes = bytes + \(text.utf8.count), lost = lost + \(part.lost)
            WHERE number = \(number)
            """)
        try shorten(number)
    }

    /// The number of a recording, which is begun where there is none; nil where what it is of is gone.
    private func recording(_ key: RecordingKey, at time: Date) throws -> Int64? {
        if let row = try firstRow("SELECT number FROM recording WHERE subject = \(key.subject)") {
            return row["number"]
        }
        guard try isWanted(key) else { return nil }
        let connection = key.connection.rawValue
        try run(
            """
            INSERT INTO recording (subject, kind, connection_id, began_at, bytes, lost)
            VALUES (\(key.subject), \(key.kind.rawValue), \(connection), \(ColumnText.of(time)), 0, 0)
            """)
        let number = lastInsertedRowID
        try run(
            """
            DELETE FROM recording WHERE connection_id = \(connection) AND number <= (
                SELECT number FROM recording WHERE connection_id = \(connection)
                ORDER BY number DESC LIMIT 1 OFFSET \(Recording.mostOfConnection)
            )
            """)
        try dropOldAbandoned()
        return number
    }

    /// Lets the oldest recordings of setups go that came to nothing.
    private func dropOldAbandoned() throws {
        try run(
            """
            WITH abandoned AS (
                SELECT number FROM recording WHERE kind = 'setup' AND connection_id NOT IN (SELECT id FROM connection)
            )
            DELETE FROM recording WHERE number IN (
                SELECT number FROM abandoned ORDER BY number DESC LIMIT -1 OFFSET \(Recording.mostAbandoned)
            )
            """)
    }

    /// Whether the run that is recorded is there still, or the setup's connection was not erased.
    private func isWanted(_ key: RecordingKey) throws -> Bool {
        switch key.kind {
        case .run: try firstRow("SELECT 1 FROM run WHERE id = \(key.subject)") != nil
        case .setup: try firstRow("SELECT 1 FROM erased_connection WHERE id = \(key.connection.rawValue)") == nil
        }
    }

    /// Lets the oldest parts of a recording go until it is short enough, but never the newest.
    private func shorten(_ number: Int64) throws {
        while let row = try firstRow(
            """
            SELECT id, events, length(CAST(text AS BLOB)) AS bytes FROM recording_part
            WHERE recording = \(number)
            AND (SELECT bytes FROM recording WHERE number = \(number)) > \(Recording.limit)
            AND id < (SELECT max(id) FROM recording_part WHERE recording = \(number))
            ORDER BY id LIMIT 1
            """)
        {
            let (id, events, bytes): (Int64, Int, Int) = (row["id"], row["events"], row["bytes"])
            try run("DELETE FROM recording_part WHERE id = \(id)")
            try run(
                "UPDATE recording SET bytes = bytes - \(bytes), lost = lost + \(events) WHERE number = \(number)")
        }
    }
}

extension RecordingKey {
    fileprivate init(row: Row) throws {
        self.init(try row.word("kind"), row["subject"], of: ConnectionID(rawValue: row["connection_id"]))
    }
}

extension Row {
    /// The events of a part: one on each line.
    fileprivate func recordedEvents() throws -> [RecordedEvent] {
        let text: String = self["text"]
        return try text.split(separator: "\n").map { line in
            do { return try JSON.decoder.decode(RecordedEvent.self, from: Data(line.utf8)) } catch {
                throw DatabaseError.unreadable("text")
            }
        }
    }
}
