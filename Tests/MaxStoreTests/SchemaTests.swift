internal import Foundation
internal import GRDB
internal import MaxCore
internal import MaxHub
internal import Testing

@testable internal import MaxStore

/// What the file refuses whoever writes to it.
struct SchemaTests {
    @Test(arguments: [
        "UPDATE connection SET state = 'broken'",
        "UPDATE connection SET slug = ''",
        "UPDATE connection SET config = 'no json'",
        "UPDATE connection SET allowed_hosts = 'no json'",
        "UPDATE connection SET account_scopes = 'no json'",
        "UPDATE connection SET account_label = NULL",
        "UPDATE connection SET account_id = NULL",
        "UPDATE connection SET is_sandbox = 2",
        "UPDATE connection SET config_version = 'two'",
        "INSERT INTO connection SELECT * FROM connection",
        "UPDATE setup_session SET purpose = 'fun'",
        "UPDATE setup_session SET revision = -1",
        "UPDATE setup_session SET state = 'no json'",
        "UPDATE setup_session SET receipt_digest = NULL",
        "UPDATE setup_session SET connection_id = NULL",
        "UPDATE secret SET stage = 'lost'",
        "UPDATE secret SET data_key_id = 'none'",
        "UPDATE secret SET connection_id = 'con_other'",
        "UPDATE secret SET ciphertext = 'text'",
        "UPDATE data_key SET connection_id = 'con_other'",
        "UPDATE data_key SET wrapped = NULL",
        "INSERT INTO retired_master_key VALUES ('m1', 'now'); UPDATE data_key SET id = id",
        "INSERT INTO retired_master_key VALUES ('m2', 'now'); UPDATE data_key SET master_key = 'm2'",
        "INSERT INTO retired_master_key VALUES ('m2', NULL)",
        "UPDATE run SET state = 'flying'",
        "UPDATE run SET connection_id = 'con_other'",
        "UPDATE audit SET action = 'dance'",
        "UPDATE audit SET count = 0",
        "INSERT INTO setup_refusal VALUES (1, 'dana@acme.test', 'now')",
    ])
    func `refuses`(statement: String) async throws {
        try await withFolder { folder in
            let store = try SQLiteStore(folder: folder)
            try await store.connect(.sample())
            try await store.insert(.sample("set_two", for: .two))
            try await store.audit([AuditEntry(at: noon, action: .open, connection: .one, field: "f", purpose: "p")])
            let error = await #expect(throws: DatabaseError.self) {
                try await store.writer.write { try $0.execute(sql: statement) }
            }
            #expect(error?.resultCode == .SQLITE_CONSTRAINT)
        }
    }

    @Test(arguments: ["connection", "setup_session", "data_key", "secret", "run"])
    func `refuses a late write to`(table: String) async throws {
        try await withFolder { folder in
            let store = try SQLiteStore(folder: folder)
            try await store.connect(.sample())
            try await store.insert(.sample("set_two", for: .one, purpose: .reconnect))
            let column = table == "connection" ? "id" : "connection_id"
            for late in ["UPDATE \(table) SET \(column) = \(column)", "INSERT INTO \(table) SELECT * FROM kept"] {
                let error = await #expect(throws: DatabaseError.self) {
                    try await store.writer.write { database in
                        try database.execute(sql: "CREATE TEMP TABLE IF NOT EXISTS kept AS SELECT * FROM \(table)")
                        try database.execute(sql: "INSERT INTO erased_connection VALUES ('con_one', 'now')")
                        try database.execute(sql: late)
                    }
                }
                #expect(error?.extendedResultCode == .SQLITE_CONSTRAINT_TRIGGER)
            }
        }
    }

    @Test func `every table is strict`() async throws {
        try await withFolder { folder in
            let lax = try await SQLiteStore(folder: folder).writer.read { database in
                try String.fetchAll(
                    database,
                    sql: """
                        SELECT name FROM pragma_table_list
                        WHERE schema = 'main' AND type = 'table' AND NOT strict
                        AND name NOT LIKE 'sqlite_%' AND name NOT LIKE 'grdb_%'
                        """)
            }
            #expect(lax.isEmpty)
        }
    }

    @Test func `a finished setup has requested exactly one run, and erasing takes it away`() async throws {
        try await withFolder { folder in
            let store = try SQLiteStore(folder: folder)
            let runs = {
                try await store.writer.read { try String.fetchAll($0, sql: "SELECT id || ' ' || state FROM run") }
            }
            try await store.connect(.sample())
            #expect(try await runs() == ["run_con_one requested"])
            try await store.erase(.one, at: noon)
            #expect(try await runs().isEmpty)
        }
    }

    @Test func `an activation whose last statement fails changes nothing`() async throws {
        try await withFolder { folder in
            let store = try SQLiteStore(folder: folder)
            try await store.connect(.sample(.two, slug: "other", account: "other"))
            let session = SetupSession.sample()
            try await store.insert(session)
            try await store.save(session.next, secrets: [.sample("token", "one")], dropping: [])
            let doubled = Activation(session.next, .sample(), run: "run_con_two")
            #expect(await refusal { try await store.activate(doubled) } == .databaseFailed)
            #expect(try await store.session(session.id) == session.next)
            #expect(try await store.texts() == ["token staged: one"])
            #expect(try await store.connection(.one) == nil)
        }
    }

    @Test func `the audit keeps its newest hundred thousand lines`() async throws {
        try await withFolder { folder in
            let store = try SQLiteStore(folder: folder)
            let line = AuditEntry(at: noon, action: .open, connection: nil, field: nil, purpose: "new")
            try await store.audit([line])
            try await store.writer.write {
                try $0.execute(sql: "INSERT INTO audit SELECT 100000, at, action, NULL, NULL, 'old', 1 FROM audit")
            }
            try await store.audit([line])
            #expect(try await store.auditTrail(limit: 9).map(\.purpose) == ["new", "old"])
        }
    }

    @Test func `the audit in memory keeps as many`() async throws {
        let store = MemoryStore()
        let line = AuditEntry(at: noon, action: .open, connection: nil, field: nil, purpose: "x")
        try await store.audit(Array(repeating: line, count: 100_001))
        #expect(try await store.auditTrail(limit: .max).count == 100_000)
    }
}
