internal import GRDB
internal import MaxCore
internal import MaxHub

/// The adding of follow-up work in the transaction at hand; a job that the run has already is not added again.
struct TaskSpawning {
    /// The number of the connection.
    let connection: Int64
    let database: Database
    /// The addresses of the step's records.
    var seen: [Ref] = []
    /// The addresses of those that are new or changed.
    var fresh: [Ref] = []
    /// The addresses of those that are new.
    var new: [Ref] = []
    /// How many tasks were really added, by way.
    private(set) var added: [String: Int] = [:]

    init(connection: Int64, database: Database, seen: [Ref] = [], fresh: [Ref] = [], new: [Ref] = []) {
        (self.connection, self.database) = (connection, database)
        (self.seen, self.fresh, self.new) = (seen, fresh, new)
    }

    mutating func add(_ spawn: Spawn) throws {
        switch spawn {
        case .job(let job): try add(job)
        case .perRecord(let entity, let kind, let way):
            for id in seen.ids(of: entity) { try add(SyncJob(kind, way, id)) }
        case .perNewRecord(let entity, let kind, let way):
            for id in new.ids(of: entity) { try add(SyncJob(kind, way, id)) }
        case .perStored(let entity, let kind, let way): try addForStored(entity, kind, way)
        case .details(let entity, let way, let limit, let includingUnchanged):
            let ids = (includingUnchanged ? seen : fresh).ids(of: entity)
            for batch in ids.batches(of: limit) {
                try add(SyncJob(.detail, way, try ColumnText.of(json: batch)))
            }
        }
    }

    private mutating func add(_ job: SyncJob) throws {
        added[job.way, default: 0] += try database.insert(job, of: connection)
    }

    private mutating func addForStored(_ entity: String, _ kind: SyncJob.Kind, _ way: String) throws {
        added[way, default: 0] += try database.run(
            """
            INSERT INTO task (connection, way, subject, kind, state, page, attempts, is_interrupted)
            SELECT \(connection), \(way), id, \(kind.rawValue), 'waiting', 0, 0, 0
            FROM \(identifier: entity) WHERE _connection = \(connection)
            ON CONFLICT (connection, way, subject, kind) DO NOTHING
            """)
    }
}

extension Database {
    /// Adds a job unless the run has it already.
    ///
    /// - Returns: How many tasks were added.
    @discardableResult
    func insert(_ job: SyncJob, of connection: Int64) throws -> Int {
        try run(
            """
            INSERT INTO task (connection, way, subject, kind, state, page, attempts, is_interrupted)
            VALUES (\(connection), \(job.way), \(job.subject), \(job.kind.rawValue), 'waiting', 0, 0, 0)
            ON CONFLICT (connection, way, subject, kind)
            DO UPDATE SET state = 'waiting', attempts = 0 WHERE kind = 'detail' AND state = 'done'
            """)
    }

    /// How many tasks a connection has, and how many of them are done, by way.
    func tallyTasks(of connection: Int64) throws -> [(way: String, known: Int, over: Int)] {
        try allRows(
            """
            SELECT way, count(*) AS known, sum(state = 'done') AS finished FROM task
            WHERE connection = \(connection) GROUP BY way
            """
        ).map { ($0["way"], $0["known"], $0["finished"]) }
    }
}

extension [Ref] {
    /// The ids of the records of an entity, each once.
    fileprivate func ids(of entity: String) -> [String] {
        var known: Set<String> = []
        return compactMap { $0.entity == entity && known.insert($0.id).inserted ? $0.id : nil }
    }
}

extension [String] {
    /// The elements in their order, in arrays of up to `size`.
    fileprivate func batches(of size: Int) -> [[String]] {
        let size = Swift.max(1, size)
        return stride(from: 0, to: count, by: size).map { Array(self[$0..<Swift.min($0 + size, count)]) }
    }
}
