internal import GRDB
internal import MaxHub

extension SyncTask {
    /// The columns it is made of.
    static let columns: SQL = """
        task.*, sync_cursor.resume, page_memo.validator AS memo_validator, page_memo.cursor AS memo_cursor,
        page_memo.next AS memo_next, page_memo.total AS memo_total, page_memo.records AS memo_records
        """

    /// The joins that bring what earlier readings left.
    ///
    /// A page is only known while one reading saw all its records there and none of them left: the provider's "still the
    /// same" would not bring back a record that went and came again.
    static let joins: SQL = """
        LEFT JOIN sync_cursor USING (connection, subject, way, kind)
        LEFT JOIN page_memo ON task.kind = 'collection' AND page_memo.connection = task.connection
            AND page_memo.subject = task.subject AND page_memo.way = task.way AND page_memo.page = task.page
            AND page_memo.cursor IS task.cursor
            AND page_memo.records = (
                SELECT iif(min(edge.listing) < max(edge.listing), -1, count(*)) FROM relation
                JOIN edge ON edge.relation = relation.id AND edge.parent = task.subject AND edge.page = task.page
                WHERE relation.connection = task.connection
                AND relation.parent_entity || '.' || relation.field = task.way
            )
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
