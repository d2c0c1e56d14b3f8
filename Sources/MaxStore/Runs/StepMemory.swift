internal import GRDB
internal import MaxHub

/// What a step leaves for later runs: where they can go on, and by what they recognise a page.
struct StepMemory {
    let step: TaskStep
    /// The number of the connection.
    let connection: Int64

    private var job: SyncJob { step.task.job }

    func store(in database: Database) throws {
        try storeCursor(in: database)
        try storeMemo(in: database)
    }

    private func storeCursor(in database: Database) throws {
        guard let resume = step.resume else { return }
        try database.run(
            """
            INSERT INTO sync_cursor (connection, subject, way, kind, resume)
            VALUES (\(connection), \(job.subject), \(job.way), \(job.kind.rawValue), \(resume))
            ON CONFLICT (connection, subject, way, kind) DO UPDATE SET resume = excluded.resume
            """)
    }

    /// Stores the memo of a page that was read, or forgets the earlier one; the pages after a list's last one go.
    private func storeMemo(in database: Database) throws {
        guard job.kind == .collection, let listing = step.listing else { return }
        switch step.outcome {
        case .next: try storeMemo(of: listing, in: database)
        case .done:
            try storeMemo(of: listing, in: database)
            try forgetPages(from: step.task.page + 1, in: database)
        case .later, .again, .failed, .gone: return
        }
    }

    private func storeMemo(of listing: TaskStep.Listing, in database: Database) throws {
        let page = step.task.page
        guard let memo = step.memo else {
            // The memo of a page that is still the same stays good.
            if !listing.isUnmodified { try forget(page, in: database) }
            return
        }
        try database.run(
            """
            INSERT INTO page_memo (connection, subject, way, page, validator, cursor, next, total, records)
            VALUES (
                \(connection), \(job.subject), \(job.way), \(page), \(memo.validator), \(memo.cursor), \(memo.next),
                \(memo.total), \(memo.records)
            )
            ON CONFLICT (connection, subject, way, page) DO UPDATE SET
                validator = excluded.validator, cursor = excluded.cursor, next = excluded.next,
                total = excluded.total, records = excluded.records
            """)
    }

    private func forget(_ page: Int, in database: Database) throws {
        try database.run(
            """
            DELETE FROM page_memo WHERE connection = \(connection) AND subject = \(job.subject) AND way = \(job.way)
            AND page = \(page)
            """)
    }

    private func forgetPages(from page: Int, in database: Database) throws {
        try database.run(
            """
            DELETE FROM page_memo WHERE connection = \(connection) AND subject = \(job.subject) AND way = \(job.way)
            AND page >= \(page)
            """)
    }
}
