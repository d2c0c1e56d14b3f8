internal import Foundation
internal import GRDB
internal import MaxCore
internal import MaxHub

/// How a task's row stands after a step.
struct TaskMove {
    private let task: SyncTask
    private let connection: Int64
    private var state = "waiting"
    private var cursor: String?
    private var page: Int
    private var attempts: Int
    private var isAnew = false
    private var notBefore: Date?
    private var problem: Problem?

    init(_ step: TaskStep, of connection: Int64, at time: Date) {
        task = step.task
        self.connection = connection
        (cursor, page, attempts) = (task.cursor, task.page, task.attempts)
        switch step.outcome {
        case .next(let next): (cursor, page, attempts) = (next, task.page + 1, 0)
        case .done, .gone: state = "done"
        case .again: isAnew = true
        case .later(_, let at): (attempts, notBefore) = (task.attempts + 1, at)
        case .failed(let reason):
            (state, problem) = ("failed", reason)
            notBefore = reason.retryAfter.map { time + $0 }
        }
    }

    /// Moves the row; a list that is begun anew gets another one, so that nothing the first reading saw counts as seen.
    ///
    /// - Throws: ``MaxCore/MaxError`` with code `lease_lost` when it is not where the step found it.
    func store(in database: Database) throws {
        let moved = try database.run(
            """
            UPDATE task SET
                state = \(state), cursor = \(cursor), page = \(page), attempts = \(attempts),
                not_before = \(notBefore.map(ColumnText.of)), problem = \(problem.map { try ColumnText.of(json: $0) })
            WHERE id = \(task.id) AND connection = \(connection) AND state = 'waiting' AND page = \(task.page)
            """)
        guard moved == 1 else { throw MaxError.leaseLost }
        guard isAnew else { return }
        try database.run("DELETE FROM task WHERE id = \(task.id)")
        try database.insert(task.job, of: connection)
    }
}
