internal import Foundation
internal import GRDB
internal import MaxHub

extension Notice {
    init(row: Row) throws {
        let (connection, link): (String?, String?) = (row["connection_id"], row["link"])
        self.init(
            id: NoticeID(rawValue: row["id"]), key: NoticeKey(rawValue: row["key"]), kind: try row.word("kind"),
            connection: connection.map(ConnectionID.init(rawValue:)), title: row["title"], sentence: row["sentence"],
            action: row["action"] == nil ? nil : try row.json("action"), link: link.flatMap { URL(string: $0) },
            raisedAt: try row.time("raised_at"), clearedAt: try row.optionalTime("cleared_at"),
            readAt: try row.optionalTime("read_at"))
    }
}

extension NoticeTurn.Raised {
    /// Stores it as a new notice, unless its connection is gone.
    func insert(into database: Database, at time: Date) throws -> Notice? {
        let connection = draft.connection?.rawValue
        let action = try draft.action.map { try ColumnText.of(json: $0) }
        try database.run(
            """
            INSERT INTO notice (id, key, kind, connection_id, title, sentence, action, link, raised_at)
            SELECT
                \(id.rawValue), \(draft.key.rawValue), \(draft.kind.rawValue), \(connection), \(draft.title),
                \(draft.sentence), \(action), \(draft.link?.absoluteString), \(ColumnText.of(time))
            WHERE \(connection) IS NULL OR EXISTS (SELECT 1 FROM connection WHERE id = \(connection))
            """)
        return try database.firstRow("SELECT * FROM notice WHERE id = \(id.rawValue)").map(Notice.init(row:))
    }

    /// Whether its key says all there is to say: it is open, it happened once and was told, or it was open a moment ago
    /// and is open again.
    func isKnown(in database: Database, at time: Date) throws -> Bool {
        let newest = try database.firstRow(
            "SELECT * FROM notice WHERE key = \(draft.key.rawValue) ORDER BY number DESC LIMIT 1")
        guard let known = try newest.map(Notice.init(row:)) else { return false }
        guard let clearedAt = known.clearedAt, !draft.kind.isEvent else { return true }
        guard time.timeIntervalSince(clearedAt) < noticeRespite else { return false }
        try database.run("UPDATE notice SET cleared_at = NULL WHERE id = \(known.id.rawValue)")
        return true
    }
}

/// How long after its end a notice that comes again is the same one, in seconds: what comes and goes is told once.
let noticeRespite: TimeInterval = 86400
