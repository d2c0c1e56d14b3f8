package import Foundation
internal import GRDB
internal import MaxCore
package import MaxHub

extension SQLiteStore {
    package func take(
        _ id: RunID, as worker: WorkerID, until: Date, at time: Date
    ) async throws -> TakenRun {
        try await write { [folder] database in
            let run = try database.takeableRun(id, in: folder, at: time)
            let number = try database.collectableNumber(of: run.connection)
            let adopted = try database.adoptTasks(of: number, for: run, at: time)
            try database.hand(run, to: worker, until: until, at: time)
            return try TakenRun(id, adopted: adopted, of: number, in: database)
        }
    }

    package func renew(_ lease: RunLease) async throws -> Bool {
        try await write { database in
            let run = try LeasedRun(lease, in: database)
            try database.run(
                "UPDATE run SET leased_until = \(ColumnText.of(lease.until)) WHERE id = \(run.id.rawValue)")
            return run.isCancelRequested
        }
    }
}

extension Database {
    /// The run of that id, when nobody works on it or on another one of its connection; an abandoned other one is ended.
    fileprivate func takeableRun(_ id: RunID, in folder: StoreFolder, at time: Date) throws -> Run {
        guard let run = try storedRun(id) else { throw MaxError.runNotFound(id) }
        guard !run.state.isEnded else { throw MaxError.runEnded }
        guard let running = try self.run(of: run.connection, .running) else { return run }
        guard try folder.isAbandoned(running, at: time) else { throw MaxError.runUnderWay }
        if running.id != id { try end(running, .cancelled, .abandoned, at: time) }
        return run
    }

    fileprivate func hand(_ run: Run, to worker: WorkerID, until: Date, at time: Date) throws {
        try self.run(
            """
            UPDATE run SET
                state = 'running', started_at = coalesce(started_at, \(ColumnText.of(time))),
                worker = \(worker.rawValue), fence = fence + 1, leased_until = \(ColumnText.of(until))
            WHERE id = \(run.id.rawValue)
            """)
    }
}

extension TakenRun {
    fileprivate init(_ id: RunID, adopted: Int, of connection: Int64, in database: Database) throws {
        guard let run = try database.storedRun(id), let lease = run.lease,
            let state = try database.firstRow("SELECT * FROM sync_state WHERE connection = \(connection)")
        else { throw MaxError.leaseLost }
        self.init(
            run: run, lease: lease, adopted: adopted, lastWholeAt: try state.optionalTime("last_whole_at"),
            isPassOpen: state["is_pass_open"], refusal: state["refusal"] == nil ? nil : try state.json("refusal"))
    }
}
