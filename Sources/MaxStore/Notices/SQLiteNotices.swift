package import Foundation
internal import GRDB
internal import MaxCore
package import MaxHub

/// How many notices that are over are kept.
let endedNoticeLimit = 500

extension SQLiteStore: NoticeRows {
    package func notices(isOpen: Bool, before earlier: NoticeID?, limit: Int) async throws -> [Notice] {
        try await read { database in
            let end = try earlier.map { try database.number(of: $0) } ?? Int64.max
            let rows =
                if isOpen {
                    try database.allRows(
                        """
                        SELECT * FROM notice WHERE cleared_at IS NULL AND number < \(end) AND NOT \(isMuted)
                        ORDER BY number DESC LIMIT \(max(0, limit))
                        """)
                } else {
                    try database.allRows(
                        "SELECT * FROM notice WHERE number < \(end) ORDER BY number DESC LIMIT \(max(0, limit))")
                }
            return try rows.map(Notice.init(row:))
        }
    }

    package func notice(_ id: NoticeID) async throws -> Notice? {
        try await read { try $0.firstRow("SELECT * FROM notice WHERE id = \(id.rawValue)").map(Notice.init(row:)) }
    }

    package func openNotices() async throws -> [NoticeKey: Notice] {
        try await read { database in
            let open = try database.allRows("SELECT * FROM notice WHERE cleared_at IS NULL").map(Notice.init(row:))
            return Dictionary(open.map { ($0.key, $0) }, uniquingKeysWith: { $1 })
        }
    }

    package func unreadNotices() async throws -> Int {
        try await read { database in
            let row = try database.firstRow(
                """
                SELECT count(*) AS unread FROM notice
                WHERE cleared_at IS NULL AND read_at IS NULL AND NOT \(isMuted)
                """)
            return row.map { $0["unread"] } ?? 0
        }
    }

    package func turn(_ turn: NoticeTurn, at time: Date) async throws -> [Notice] {
        try await write { database in
            for key in turn.cleared {
                try database.run(
                    """
                    UPDATE notice SET cleared_at = \(ColumnText.of(time))
                    WHERE key = \(key.rawValue) AND cleared_at IS NULL
                    """)
            }
            var told: [Notice] = []
            for raised in turn.raised where try !raised.isKnown(in: database, at: time) {
                guard let notice = try raised.insert(into: database, at: time) else { continue }
                try notice.enqueue(in: database, at: time)
                told.append(notice)
            }
            if !told.isEmpty { try database.dropOldNotices() }
            return told
        }
    }

    package func readNotices(_ id: NoticeID?, at time: Date) async throws {
        let now = ColumnText.of(time)
        try await write { database in
            if let id, try database.number(of: id) == 0 { throw MaxError.noticeNotFound(id) }
            try database.run(
                """
                UPDATE notice SET
                    read_at = \(now), cleared_at = iif(kind = 'first_sync', coalesce(cleared_at, \(now)), cleared_at)
                WHERE read_at IS NULL AND id = coalesce(\(id?.rawValue), id)
                """)
        }
    }

    package func mutes() async throws -> Set<NoticeMute> {
        try await read { database in
            let mutes = try database.allRows("SELECT * FROM notice_mute").map { row in
                let connection: String? = row["connection_id"]
                return NoticeMute(try row.word("kind"), of: connection.map(ConnectionID.init(rawValue:)))
            }
            return Set(mutes)
        }
    }

    package func setMuted(_ isMuted: Bool, _ mute: NoticeMute) async throws {
        let (kind, connection) = (mute.kind.rawValue, mute.connection?.rawValue)
        try await write { database in
            try database.run("DELETE FROM notice_mute WHERE kind = \(kind) AND connection_id IS \(connection)")
            guard isMuted else { return }
            if let id = mute.connection,
                try database.firstRow("SELECT 1 FROM connection WHERE id = \(id.rawValue)") == nil
            {
                throw MaxError.connectionNotFound(id)
            }
            try database.run("INSERT INTO notice_mute (kind, connection_id) VALUES (\(kind), \(connection))")
        }
    }
}

/// Whether the notice in a row is muted.
let isMuted: SQL = """
    EXISTS (
        SELECT 1 FROM notice_mute
        WHERE kind = notice.kind AND (connection_id IS NULL OR connection_id = notice.connection_id)
    )
    """

extension Notice {
    /// Queues it for every channel that wants it and is in use, unless it is muted.
    fileprivate func enqueue(in database: Database, at time: Date) throws {
        let now = ColumnText.of(time)
        try database.run(
            """
            INSERT INTO notice_delivery (channel_id, notice_id, message_id, state, tries, queued_at, next_at)
            SELECT
                channel.id, notice.id, 'msg_' || lower(hex(randomblob(13))), 'waiting', 0, \(now), \(now)
            FROM notice JOIN notice_channel AS channel ON channel.disabled_at IS NULL
            WHERE notice.id = \(id.rawValue) AND NOT \(isMuted) AND (
                json_array_length(channel.kinds) = 0
                OR EXISTS (SELECT 1 FROM json_each(channel.kinds) WHERE value = notice.kind)
            )
            """)
    }
}

extension Database {
    /// The place of a notice in the order in which they were told; 0 where there is none of that id.
    fileprivate func number(of id: NoticeID) throws -> Int64 {
        try firstRow("SELECT number FROM notice WHERE id = \(id.rawValue)").map { $0["number"] } ?? 0
    }

    /// Drops those that were told longest ago of what is over; what happens once is remembered with its connection.
    fileprivate func dropOldNotices() throws {
        try run(
            """
            DELETE FROM notice WHERE cleared_at IS NOT NULL AND kind <> 'first_sync' AND number <= (
                SELECT number FROM notice WHERE cleared_at IS NOT NULL AND kind <> 'first_sync'
                ORDER BY number DESC LIMIT 1 OFFSET \(endedNoticeLimit)
            )
            """)
    }
}

extension MaxError {
    fileprivate static func noticeNotFound(_ id: NoticeID) -> MaxError {
        MaxError(
            .noticeNotFound, "There is no notice “\(id.rawValue)”.", fix: "See what there is with max notices --all.")
    }
}
