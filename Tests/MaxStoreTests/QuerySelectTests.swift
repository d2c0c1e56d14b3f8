internal import MaxCore
internal import MaxHub
internal import Synchronization
internal import Testing

@testable internal import MaxStore

/// What SQL that somebody wrote may do.
struct QuerySelectTests {
    private func rows(_ sql: String, in store: SQLiteStore) async throws -> [[JSON]] {
        let rows = Mutex<[[JSON]]>([])
        try await store.select(sql) { _, row in
            rows.withLock { $0.append(row) }
            return true
        }
        return rows.withLock(\.self)
    }

    @Test(
        arguments: [
            ("SELECT title FROM Parcel WHERE size = 1", [["parcel 1"]]),
            ("select count(*), max(weight) from parcel;", [[3, 2]]),
            ("-- a remark\n SELECT 1; -- another\n ;", [[1]]),
            ("WITH n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 3) SELECT sum(i) FROM n", [[6]]),
            ("WITH n AS (SELECT 1) SELECT count(*) FROM n WHERE EXISTS (SELECT 1 FROM n)", [[1]]),
            ("SELECT rowid FROM Parcel_text WHERE Parcel_text MATCH 'parcel' ORDER BY rowid LIMIT 1", [[1]]),
            (
                "SELECT name, connector, account FROM record_connection ORDER BY number",
                [
                    ["acme", "acme", "Dana"], ["other", "acme", "Dana"],
                ]
            ),
            ("SELECT count(*) FROM record_connection", [[2]]),
            ("SELECT c.name FROM Parcel p JOIN record_connection c ON c.number = p._connection LIMIT 1", [["acme"]]),
            ("SELECT slug, state FROM connection ORDER BY number LIMIT 1", [["acme", "active"]]),
            ("SELECT count(*) FROM record_edge", [[0]]), ("SELECT count(*) FROM gone_record", [[0]]),
            ("SELECT name FROM sqlite_schema WHERE name = 'Parcel'", [["Parcel"]]),
            ("SELECT name FROM pragma_table_info('Person') LIMIT 1", [["_row"]]),
            ("SELECT value FROM json_each('[7]')", [[7]]),
            ("SELECT x'00ff', NULL, 1.5, 'a' || char(0) || 'b', 9e999", [["AP8=", nil, 1.5, "a\0b", "inf"]]),
            ("VALUES (1)", [[1]]), ("SELECT ?", [[nil]]),
        ] as [(String, [[JSON]])])
    func `reads records`(sql: String, expected: [[JSON]]) async throws {
        try await withParcels(3) { store in
            let rows = try await rows(sql, in: store)
            #expect(rows == expected)
        }
    }

    @Test(arguments: [
        "SELECT ciphertext FROM secret", "SELECT count(*) FROM secret", "SELECT 1 FROM secret",
        "SELECT * FROM data_key", "SELECT count(*) FROM Data_Key",
        "WITH run AS (SELECT 1) SELECT count(*) FROM main.run",
        "SELECT * FROM audit", "SELECT * FROM setup_session", "SELECT * FROM connection",
        "SELECT config FROM connection",
        "SELECT c.config FROM record_edge, connection AS c", "SELECT * FROM run", "SELECT * FROM erased_connection",
        "SELECT * FROM grdb_migrations", "SELECT 1 WHERE EXISTS (SELECT 1 FROM retired_master_key)",
        "WITH record_connection AS (SELECT config FROM connection) SELECT * FROM record_connection",
        "SELECT * FROM (SELECT config FROM connection) AS record_edge",
        "SELECT * FROM \"secret\"", "SELECT * FROM main.secret", "SELECT * FROM pragma_database_list",
        "SELECT * FROM dbstat", "SELECT * FROM sqlite_stmt", "SELECT load_extension('x')", "SELECT fts3_tokenizer('x')",
        "ATTACH '/tmp/x.db' AS x", "PRAGMA journal_mode = DELETE", "PRAGMA user_version = 5",
        "PRAGMA writable_schema = 1",
        "PRAGMA database_list", "DELETE FROM Parcel", "UPDATE Parcel SET title = 'x'",
        "INSERT INTO Parcel (id) VALUES (1)",
        "INSERT INTO Parcel (id) VALUES (1) RETURNING id", "DROP TABLE Parcel", "CREATE TEMP TABLE x (a)", "BEGIN",
        "COMMIT", "VACUUM", "VACUUM INTO '/tmp/x.db'", "CREATE TEMP VIEW record_edge AS SELECT * FROM secret",
        "REINDEX", "ANALYZE", "UPDATE sqlite_master SET sql = ''", "SAVEPOINT x", "SELECT 1; DROP TABLE Parcel",
        "SELECT 1; SELECT 2", "", " ; ", "-- nothing",
        "SELEC 1", "SELECT nothing FROM Parcel", "SELECT \"typo\" FROM Parcel", "SELECT 'a", "SELECT 1\0",
        "INSERT INTO Parcel_text (Parcel_text) VALUES ('rebuild')", "SELECT json_extract('{', '$')",
        "SELECT length(zeroblob(1000000000))",
    ])
    func `refuses everything else`(sql: String) async throws {
        try await withParcels(1) { store in
            let error = await #expect(throws: MaxError.self) { try await rows(sql, in: store) }
            #expect(error?.code == .sqlRefused)
            let count = try await rows("SELECT count(*) FROM Parcel", in: store)
            #expect(count == [[1]])
        }
    }

    @Test func `says what is wrong in SQLite's words`() async throws {
        try await withParcels(1) { store in
            let error = await #expect(throws: MaxError.self) { try await rows("SELECT x FROM Parcel", in: store) }
            #expect(error?.message == "This SQL was not run: no such column: x.")
        }
    }

    @Test func `stops when no more rows are wanted, and when a row is refused`() async throws {
        try await withParcels(5) { store in
            let count = Mutex(0)
            try await store.select("SELECT 1 FROM Parcel") { columns, _ in
                #expect(columns == ["1"])
                return count.withLock {
                    $0 += 1
                    return $0 < 2
                }
            }
            #expect(count.withLock(\.self) == 2)
            await #expect(throws: CancellationError.self) {
                try await store.select("SELECT 1 FROM Parcel") { _, _ in throw CancellationError() }
            }
        }
    }

    @Test func `ends with its task in the middle of a row`() async throws {
        try await withParcels(0) { store in
            let endless = "WITH n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n"
            let work = Task { try await rows(endless, in: store) }
            work.cancel()
            await #expect(throws: CancellationError.self) { try await work.value }
            let (started, begin) = AsyncStream.makeStream(of: Void.self)
            let rowless = "WITH n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT i FROM n WHERE i = 1 OR i < 0"
            let later = Task {
                try await store.select(rowless) { _, _ in
                    begin.yield()
                    return true
                }
            }
            for await _ in started { break }
            later.cancel()
            await #expect(throws: CancellationError.self) { try await later.value }
        }
    }
}
