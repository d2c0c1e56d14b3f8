package import Foundation
internal import GRDB
package import MaxCore
package import MaxHub

extension SQLiteStore: NoticeChannelRows {
    package func noticeChannels() async throws -> [NoticeChannel] {
        try await read { try $0.allRows("SELECT * FROM notice_channel ORDER BY number").map(NoticeChannel.init(row:)) }
    }

    package func put(
        _ channel: NoticeChannel, replacing earlier: NoticeChannel?, secrets: [FreshlySealed]
    ) async throws -> Bool {
        try await write { database in
            guard try channel.predecessor(in: database) == earlier else { return false }
            try channel.store(in: database)
            for var sealed in secrets {
                sealed.secret.stage = .active
                try sealed.store(in: database)
            }
            return true
        }
    }

    package func deleteChannel(_ id: NoticeChannelID) async throws {
        try await writeAndWipe { database in
            try database.run("DELETE FROM notice_channel WHERE id = \(id.rawValue)")
            try database.run("DELETE FROM secret WHERE connection_id = \(id.rawValue)")
            try database.run("DELETE FROM data_key WHERE connection_id = \(id.rawValue)")
        }
    }

    package func disable(_ channel: NoticeChannelID, because sentence: String, at time: Date) async throws {
        let now = ColumnText.of(time)
        try await write { database in
            try database.run(
                """
                UPDATE notice_channel SET disabled_at = \(now), said = \(sentence)
                WHERE id = \(channel.rawValue) AND disabled_at IS NULL
                """)
            try database.run(
                """
                UPDATE notice_delivery SET
                    state = 'given_up', next_at = NULL, done_at = \(now), said = \(sentence), told = NULL
                WHERE channel_id = \(channel.rawValue) AND state = 'waiting'
                """)
        }
    }

    package func hurry(_ channel: NoticeChannelID, at time: Date) async throws {
        let now = ColumnText.of(time)
        _ = try await write { database in
            try database.run(
                """
                UPDATE notice_delivery SET next_at = \(now)
                WHERE channel_id = \(channel.rawValue) AND state = 'waiting' AND tries > 0 AND next_at > \(now)
                """)
        }
    }

    package func enable(_ channel: NoticeChannelID, disabledAt time: Date) async throws {
        _ = try await write { database in
            try database.run(
                """
                UPDATE notice_channel SET disabled_at = NULL, said = NULL
                WHERE id = \(channel.rawValue) AND disabled_at = \(ColumnText.of(time))
                """)
        }
    }
}

extension SQLiteStore {
    package func deliveries(of channel: NoticeChannelID, since time: Date) async throws -> [NoticeDelivery] {
        try await read { database in
            try database.allRows(
                """
                SELECT * FROM notice_delivery
                WHERE channel_id = \(channel.rawValue)
                AND (state = 'waiting' AND \(isToBeSent) OR done_at >= \(ColumnText.of(time)))
                ORDER BY number
                """
            ).map(NoticeDelivery.init(row:))
        }
    }

    package func begin(_ delivery: NoticeDispatch, tries: Int, until next: Date) async throws -> [NoticeTelling] {
        let (channel, ids) = (delivery.channel.rawValue, Set(delivery.notices.map(\.rawValue)))
        return try await write { database in
            let free: SQL = """
                channel_id = \(channel) AND notice_id IN \(ids) AND state = 'waiting' AND tries = \(tries)
                AND \(isToBeSent) AND EXISTS (SELECT 1 FROM notice_channel WHERE id = \(channel) AND disabled_at IS NULL)
                """
            let found = try database.firstRow("SELECT count(*) AS count FROM notice_delivery WHERE \(free)")
            guard found?["count"] == ids.count else { return [] }
            try database.run(
                """
                UPDATE notice_delivery SET
                    message_id = \(delivery.message.rawValue), tries = tries + 1, next_at = \(ColumnText.of(next))
                WHERE \(free)
                """)
            return try database.allRows(
                """
                SELECT notice.*, told FROM notice JOIN notice_delivery ON notice_id = notice.id
                WHERE channel_id = \(channel) AND notice_id IN \(ids) ORDER BY notice.number
                """
            ).map(NoticeTelling.init(row:))
        }
    }

    package func keep(_ told: [NoticeID: JSON], of delivery: NoticeDispatch) async throws {
        let rows = try told.map { ($0.rawValue, try ColumnText.of(json: $1)) }
        try await write { database in
            for (notice, told) in rows {
                try database.run(
                    """
                    UPDATE notice_delivery SET told = \(told)
                    WHERE channel_id = \(delivery.channel.rawValue) AND notice_id = \(notice) AND state = 'waiting'
                    """)
            }
        }
    }

    package func end(_ delivery: NoticeDispatch, _ outcome: DeliveryOutcome, at time: Date) async throws {
        let (state, said, next, done): (NoticeDelivery.State, String?, Date?, Date?) =
            switch outcome {
            case .sent: (.sent, nil, nil, time)
            case .failed(let said, let next): (.waiting, said, next, nil)
            case .givenUp(let said): (.givenUp, said, nil, time)
            }
        _ = try await write { database in
            try database.run(
                """
                UPDATE notice_delivery SET
                    state = \(state.rawValue), said = \(said), next_at = \(next.map(ColumnText.of)),
                    done_at = \(done.map(ColumnText.of)), told = iif(\(state.rawValue) = 'waiting', told, NULL)
                WHERE channel_id = \(delivery.channel.rawValue) AND message_id = \(delivery.message.rawValue)
                AND state = 'waiting'
                """)
        }
    }

    package func failures(of channel: NoticeChannelID) async throws -> DeliveryFailures {
        try await read { database in
            let row = try database.firstRow(
                """
                SELECT count(DISTINCT message_id) AS count, min(done_at) AS since FROM notice_delivery
                WHERE channel_id = \(channel.rawValue) AND state = 'given_up' AND done_at > coalesce(
                    (
                        SELECT max(done_at) FROM notice_delivery
                        WHERE channel_id = \(channel.rawValue) AND state = 'sent'
                    ), '')
                """)
            return DeliveryFailures(count: row.map { $0["count"] } ?? 0, since: try row?.optionalTime("since"))
        }
    }
}

/// Whether the notice of a delivery that waits is sent: it was tried before, or is still so and news to the owner.
private let isToBeSent: SQL = """
    (
        tries > 0 OR EXISTS (
            SELECT 1 FROM notice
            WHERE id = notice_id AND cleared_at IS NULL AND read_at IS NULL AND NOT \(isMuted)
        )
    )
    """

extension NoticeTelling {
    fileprivate init(row: Row) throws {
        self.init(try Notice(row: row), told: row["told"] == nil ? nil : try row.json("told"))
    }
}

extension NoticeChannel {
    fileprivate init(row: Row) throws {
        self.init(
            id: NoticeChannelID(rawValue: row["id"]), form: try row.word("form"), kinds: try row.json("kinds"),
            settings: try row.json("settings"), createdAt: try row.time("created_at"),
            disabledAt: try row.optionalTime("disabled_at"), said: row["said"])
    }

    /// The channel whose place it takes: the one with its id, and for mail the one there is.
    fileprivate func predecessor(in database: Database) throws -> NoticeChannel? {
        try database.firstRow(
            """
            SELECT * FROM notice_channel
            WHERE id = \(id.rawValue) OR (form = 'mail' AND form = \(form.rawValue))
            """
        ).map(NoticeChannel.init(row:))
    }

    fileprivate func store(in database: Database) throws {
        let kinds = try ColumnText.of(json: kinds.map(\.rawValue).sorted())
        let settings = try ColumnText.of(json: settings)
        let disabled = disabledAt.map(ColumnText.of)
        try database.run(
            """
            INSERT INTO notice_channel (id, form, kinds, settings, created_at, disabled_at, said)
            VALUES (
                \(id.rawValue), \(form.rawValue), \(kinds), \(settings), \(ColumnText.of(createdAt)), \(disabled),
                \(said)
            )
            ON CONFLICT (id) DO UPDATE SET
                kinds = excluded.kinds, settings = excluded.settings, disabled_at = excluded.disabled_at,
                said = excluded.said
            """)
    }
}

extension NoticeDelivery {
    fileprivate init(row: Row) throws {
        self.init(
            channel: NoticeChannelID(rawValue: row["channel_id"]), notice: NoticeID(rawValue: row["notice_id"]),
            message: NoticeMessageID(rawValue: row["message_id"]), state: try row.word("state"), tries: row["tries"],
            queuedAt: try row.time("queued_at"), nextAt: try row.optionalTime("next_at"),
            doneAt: try row.optionalTime("done_at"), said: row["said"])
    }
}
