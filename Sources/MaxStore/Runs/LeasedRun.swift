internal import Foundation
internal import GRDB
internal import MaxCore
internal import MaxHub

/// A run whose lease was found to be in force in the transaction at hand.
///
/// Whatever is written for a run goes through one of these: nobody else can take the run before the transaction ends.
struct LeasedRun {
    let id: RunID
    let connection: ConnectionID
    /// The number of its connection, under which everything it collects lies.
    let number: Int64
    let scope: RunScope
    let isCancelRequested: Bool
    private let progressText: String

    /// Finds the run of a lease.
    ///
    /// - Throws: ``MaxCore/MaxError`` with code `lease_lost` when another process took it, when it ended, or when its
    ///   connection may not be collected from any more.
    init(_ lease: RunLease, in database: Database) throws {
        let row = try database.firstRow(
            """
            SELECT run.*, connection.number AS connection FROM run
            JOIN connection ON connection.id = run.connection_id
            WHERE run.id = \(lease.run.rawValue) AND run.state = 'running' AND run.worker = \(lease.worker.rawValue)
            AND run.fence = \(lease.fence) AND connection.state = 'active'
            """)
        guard let row else { throw MaxError.leaseLost }
        id = lease.run
        connection = ConnectionID(rawValue: row["connection_id"])
        number = row["connection"]
        scope = try RunScope(row: row)
        isCancelRequested = row["is_cancel_requested"]
        progressText = row["progress"]
    }

    /// How far it had come when the transaction began.
    var progress: RunProgress {
        get throws { try RunProgress(columnText: progressText) }
    }

    /// Stores how far it came.
    func store(_ progress: RunProgress, in database: Database) throws {
        try database.run("UPDATE run SET progress = \(progress.columnText) WHERE id = \(id.rawValue)")
    }
}
