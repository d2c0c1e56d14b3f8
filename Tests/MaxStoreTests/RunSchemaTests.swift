internal import Foundation
internal import GRDB
internal import MaxConnector
internal import MaxCore
internal import MaxHub
internal import Testing

@testable internal import MaxStore

/// What the file refuses whoever writes runs to it, and what becomes of older files.
struct RunSchemaTests {
    @Test(arguments: [
        "UPDATE run SET state = 'complete'",
        "UPDATE run SET state = 'requested'",
        "UPDATE run SET worker = NULL",
        "UPDATE run SET leased_until = NULL",
        "UPDATE run SET ended_at = 'now'",
        "UPDATE run SET started_at = NULL",
        "UPDATE run SET progress = 'none'",
        "UPDATE run SET mode = 'some'",
        "UPDATE run SET only_entities = 'TestNote'",
        "UPDATE run SET fence = -1",
        "UPDATE run SET connection_id = 'con_other'",
        "UPDATE task SET state = 'running'",
        "UPDATE task SET state = 'failed'",
        "UPDATE task SET problem = '{}'",
        "UPDATE task SET kind = 'other'",
        "UPDATE task SET page = -1",
        "UPDATE task SET attempts = -1",
        "UPDATE task SET connection = 99",
        "UPDATE task SET state = 'done', not_before = 'now'",
        "INSERT INTO task SELECT 99, connection, way, subject, kind, state, NULL, 0, 0, 0, NULL, NULL FROM task",
        "UPDATE sync_cursor SET connection = 99",
        "UPDATE sync_cursor SET resume = NULL",
        "UPDATE page_memo SET connection = 99",
        "UPDATE page_memo SET records = -1",
        "UPDATE sync_state SET connection = 99",
        "UPDATE sync_state SET refusal = 'no'",
        "UPDATE sync_state SET is_pass_open = 2",
    ])
    func `refuses`(statement: String) async throws {
        try await RunBench.with { bench in
            let lease = try await bench.begin(.list("f1"))
            let step = TaskStep.page(try await bench.task(lease), .next(cursor: "c1")).with {
                $0.memo = PageMemo(validator: "v", cursor: nil, next: "c1", total: nil, records: 0)
                $0.resume = "place"
            }
            try await bench.commit(lease, step)
            let error = await #expect(throws: DatabaseError.self) {
                try await bench.store.writer.write { try $0.execute(sql: statement) }
            }
            #expect(error?.resultCode == .SQLITE_CONSTRAINT)
        }
    }

    @Test(arguments: ["requested", "running"])
    func `refuses a second run of a connection that is`(state: String) async throws {
        try await RunBench.with { bench in
            if state == "running" { _ = try await bench.take() }
            let error = await #expect(throws: DatabaseError.self) {
                try await bench.store.writer.write { database in
                    try database.execute(
                        sql: """
                            INSERT INTO run
                            SELECT NULL, 'twin', connection_id, mode, only_entities, state, requested_at, started_at,
                                ended_at, is_cancel_requested, worker, fence, leased_until, progress, ending FROM run
                            """)
                }
            }
            #expect(error?.extendedResultCode == .SQLITE_CONSTRAINT_UNIQUE)
        }
    }

    @Test func `the requests of an older file are kept, one for each connection`() async throws {
        try await withFolder { folder in
            let files = StoreFolder(folder)
            try files.prepare()
            let old = try DatabasePool(path: files.database)
            try Schema.migrator.migrate(old, upTo: "2026-11-21 finished setups")
            try await old.write { database in
                for id in ["con_one", "con_two"] {
                    try database.execute(
                        sql: """
                            INSERT INTO connection (
                                id, connector, slug, label, state, config, config_version, is_sandbox, allowed_hosts,
                                created_at
                            ) VALUES (?, 'acme', ?, 'Acme', 'active', '{}', 1, 0, '[]', '2026-01-01T00:00:00.000Z')
                            """, arguments: [id, id])
                }
                for (id, connection) in [("r1", "con_one"), ("r2", "con_two"), ("r3", "con_one")] {
                    try database.execute(
                        sql: "INSERT INTO run VALUES (?, ?, 'requested', '2026-01-01T00:00:00.000Z')",
                        arguments: [id, connection])
                }
            }
            try old.close()
            let store = try SQLiteStore(folder: folder)
            let runs = try await store.runs(of: nil, limit: 9)
            #expect(runs.map { "\($0.id.rawValue) \($0.state)" } == ["r3 requested", "r2 requested", "r1 cancelled"])
            let worker = WorkerID(rawValue: "w1")
            #expect(
                try await store.take(RunID(rawValue: "r3"), as: worker, until: noon + 30, at: noon).lease.fence == 1)
        }
    }
}
