internal import Foundation
internal import GRDB
internal import MaxConnector
internal import MaxCore
internal import MaxHub
internal import Testing

@testable internal import MaxStore

/// A folder with one connection, whose runs are tried out.
struct RunBench: Sendable {
    let folder: URL
    let store: SQLiteStore

    /// Runs `body` with a connection that nothing was collected from yet.
    static func with(_ body: (RunBench) async throws -> Void) async throws {
        try await withFolder { folder in
            let bench = RunBench(folder: folder, store: try SQLiteStore(folder: folder))
            try await bench.store.prepare(.notes, of: "acme")
            try await bench.store.connect(.sample())
            try await body(bench)
        }
    }

    /// The same files as another process sees them.
    func otherProcess() throws -> SQLiteStore { try SQLiteStore(folder: folder) }

    /// Requests a run and takes it.
    func take(
        _ scope: RunScope = RunScope(), as worker: String = "w1", of connection: ConnectionID = .one,
        at time: Date = noon
    ) async throws -> TakenRun {
        let request = RequestedRun(
            id: RunID(in: .real), connection: connection, scope: scope, requestedAt: time)
        let run = try await store.request(request)
        return try await store.take(run.id, as: WorkerID(rawValue: worker), until: time + 30, at: time)
    }

    /// Takes a run and begins it with those jobs.
    func begin(
        _ jobs: SyncJob..., scope: RunScope = RunScope(), everything: Bool = false, at time: Date = noon
    ) async throws -> RunLease {
        let lease = try await take(scope, at: time).lease
        try await store.begin(lease, stages: .notes, spawns: jobs.map(Spawn.job), everything: everything)
        return lease
    }

    /// The tasks that can be worked on.
    func tasks(_ lease: RunLease, at time: Date = noon) async throws -> [SyncTask] {
        try await store.tasks(of: lease, excluding: [], holding: [], at: time, limit: 100).ready
    }

    /// The one task that can be worked on.
    func task(_ lease: RunLease, at time: Date = noon) async throws -> SyncTask {
        let ready = try await tasks(lease, at: time)
        try #require(ready.count == 1)
        return ready[0]
    }

    /// Stores one step.
    @discardableResult
    func commit(_ lease: RunLease, at time: Date = noon, _ step: TaskStep) async throws -> CommitReceipt {
        try await store.commit([step], under: lease, at: time)
    }

    /// Ends a run, and the work on it.
    @discardableResult
    func finish(
        _ lease: RunLease, _ state: RunState = .complete, _ ending: RunEnding = RunEnding(),
        reconciling: Set<String> = [], at time: Date = noon
    ) async throws -> Run {
        try await store.finish(lease, state, ending, reconciling: reconciling, at: time)
    }

    /// The ids of the stored notes.
    func notes() async throws -> [String] {
        try await store.writer.read { try String.fetchAll($0, sql: #"SELECT id FROM "TestNote" ORDER BY id"#) }
    }

    /// One value of the database.
    func value<Value: DatabaseValueConvertible & Sendable>(_ sql: String) async throws -> Value? {
        try await store.writer.read { try Value.fetchOne($0, sql: sql) }
    }

    /// Everything the file holds, as text.
    func everything() async throws -> [String] {
        try await store.writer.read { database in
            let tables = try String.fetchAll(
                database,
                sql: """
                    SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table'
                    AND name NOT LIKE 'sqlite_%' ORDER BY name
                    """)
            return try tables.flatMap { table in
                try Row.fetchAll(database, sql: #"SELECT * FROM "\#(table)""#).map { "\(table): \($0)" }
            }
        }
    }
}

enum TestFolder: Entity {
    static let definition = EntityDef("TestFolder") {
        Field.string("title", .title)
        Field.collection("notes", of: TestNote.self)
    }
}

enum TestNote: Entity {
    static let definition = EntityDef("TestNote") {
        Field.string("title", .title)
        Field.string("body", .optional)
    }
}

extension ConnectorSchema {
    static var notes: ConnectorSchema {
        ConnectorSchema(namespace: "test", entities: [TestFolder.self, TestNote.self], roots: [TestFolder.self])
    }
}

extension [RunProgress.Stage] {
    static let notes = [
        RunProgress.Stage(way: "TestFolder.notes", title: "Collecting notes", entity: "TestNote"),
        RunProgress.Stage(way: "changes", title: "Reading what changed", entity: "TestFolder"),
        RunProgress.Stage(way: "bodies", title: "Reading bodies", entity: "TestNote"),
    ]
}

extension SyncJob {
    /// The list of a folder's notes.
    static func list(_ folder: String) -> SyncJob { SyncJob(.collection, "TestFolder.notes", folder) }
    /// What changed in a folder.
    static func feed(_ folder: String) -> SyncJob { SyncJob(.feed, "changes", folder) }
}

extension TaskStep {
    /// A page of a folder's notes.
    static func page(
        _ task: SyncTask, _ outcome: Outcome, notes: [String] = [], title: String = "Note", isUnmodified: Bool = false
    ) -> TaskStep {
        var step = TaskStep(task, outcome)
        step.records = notes.map { MaxCore.Record(TestNote.self, id: $0, ["title": .string("\(title) \($0)")]) }
        step.listing = Listing(
            parent: Ref(TestFolder.self, task.job.subject), field: "notes", children: "TestNote",
            isUnmodified: isUnmodified)
        return step
    }

    /// The step with changes.
    func with(_ change: (inout TaskStep) -> Void) -> TaskStep {
        var step = self
        change(&step)
        return step
    }
}

extension MaxCore.Record {
    /// A record of an entity that the store has no table for.
    static let unknown = MaxCore.Record(Stranger.self, id: "s1", ["title": "Nobody knows me"])

    private enum Stranger: Entity {
        static let definition = EntityDef("Stranger") { Field.string("title", .title) }
    }
}

extension Problem {
    static let unreachable = Problem("unreachable", .retryable, "Acme does not answer.", rung: .connect)
    static let refused = Problem("credential_refused", .auth, "Acme rejected this token.", rung: .signIn)
}
