internal import GRDB
internal import MaxHub

extension SyncTask {
    /// The columns it is made of.
    static let columns: SQL = """
        task.*, sync_cursor.resume, page_memo.validator AS memo_validator, page_memo.cursor AS memo_cursor,
        page_memo.next AS memo_next, page_memo.total AS memo_total, page_memo.records AS memo_records
        """

    /// The joins that bring what earlier readings left.
    static let joins: SQL = """
        LEFT JOIN sync_cursor USING (connection, subject, way, kind)
        LEFT JOIN page_memo ON task.kind = 'collection' AND page_memo.connection = task.connection
            AND page_memo.subject = task.subject AND page_memo.way = task.way AND page_memo.page = task.page
            AND page_memo.cursor IS task.cursor
        """

    init(row: Row) throws {
        self.init(
            id: row["id"], job: try SyncJob(row: row), cursor: row["cursor"], page: row["page"],
            attempts: row["attempts"], isInterrupted: row["is_interrupted"], resume: row["resume"],
            memo: PageMemo(row: row))
    }
}

extension SyncJob {
    init(row: Row) throws { self.init(try row.word("kind"), row["way"], row["subject"]) }
}

extension PageMemo {
    fileprivate init?(row: Row) {
        guard let validator: String = row["memo_validator"] else { return nil }
        self.init(
            validator: validator, cursor: row["memo_cursor"], next: row["memo_next"], total: row["memo_total"],
            records: row["memo_records"])
    }
}
