internal import Foundation
internal import GRDB
internal import MaxCore
internal import MaxHub
internal import Testing

@testable internal import MaxStore

struct NoticeTests {
    private static let attention = NoticeDraft(
        .needsAttention, key: "needs_attention/con_one/-", connection: .one, title: "Acme Dana needs attention",
        sentence: "Acme rejected this token.", action: .reconnect, link: URL(string: "https://acme.test/tokens"))
    private static let first = NoticeDraft(
        .firstSync, key: "first_sync/con_one", connection: .one, title: "The first sync is done", sentence: "155.")
    private static let disk = NoticeDraft(
        .diskLow, key: "disk_low/low", title: "The disk is nearly full", sentence: "",
        action: .serverSetting("MAX_DATA"))

    private func turn(
        _ bench: RunBench, _ drafts: NoticeDraft..., cleared: Set<NoticeKey> = [], at time: Date = noon
    ) async throws -> [Notice] {
        let raised = drafts.map { NoticeTurn.Raised($0, as: NoticeID(in: .real)) }
        return try await bench.store.turn(NoticeTurn(raised: raised, cleared: cleared), at: time)
    }

    @Test func `a notice is kept as it was told, until what it tells is over`() async throws {
        try await RunBench.with { bench in
            let told = try await turn(bench, Self.attention, Self.disk)
            #expect(told.map(\.title) == ["Acme Dana needs attention", "The disk is nearly full"])
            #expect(try await bench.store.notices(isOpen: true, before: nil, limit: 9) == told.reversed())
            #expect(told.first?.action == .reconnect && told.first?.link?.absoluteString == "https://acme.test/tokens")
            #expect(told.last?.action == .serverSetting("MAX_DATA") && told.last?.connection == nil)
            _ = try await turn(bench, cleared: ["disk_low/low"], at: noon + 60)
            #expect(try await bench.store.openNotices() == [Self.attention.key: told[0]])
            let all = try await bench.store.notices(isOpen: false, before: nil, limit: 9)
            #expect(all.map(\.clearedAt) == [noon + 60, nil])
            #expect(try await bench.store.notices(isOpen: false, before: all[0].id, limit: 9) == [all[1]])
        }
    }

    @Test func `the same thing is told once, by however many processes`() async throws {
        try await RunBench.with { bench in
            let other = try bench.otherProcess()
            #expect(try await turn(bench, Self.attention).count == 1)
            for store in [bench.store, other] {
                let again = NoticeTurn(raised: [.init(Self.attention, as: NoticeID(in: .real))])
                #expect(try await store.turn(again, at: noon + 86400 * 365) == [])
            }
            #expect(try await bench.store.notices(isOpen: false, before: nil, limit: 9).count == 1)
        }
    }

    @Test(arguments: [3600, -86400 * 365] as [TimeInterval])
    func `what comes again within a day, or before it went, is the same notice`(later: TimeInterval) async throws {
        try await RunBench.with { bench in
            let told = try await turn(bench, Self.attention)
            _ = try await turn(bench, cleared: [Self.attention.key], at: noon + 60)
            #expect(try await turn(bench, Self.attention, at: noon + 60 + later) == [])
            #expect(try await bench.store.openNotices() == [Self.attention.key: told[0]])
        }
    }

    @Test func `what comes again after more than a day is told anew`() async throws {
        try await RunBench.with { bench in
            let told = try await turn(bench, Self.attention)
            _ = try await turn(bench, cleared: [Self.attention.key], at: noon + 60)
            let again = try await turn(bench, Self.attention, at: noon + 86400 + 61)
            #expect(again.count == 1 && again.first?.id != told.first?.id)
            #expect(try await bench.store.notices(isOpen: false, before: nil, limit: 9).count == 2)
        }
    }

    @Test func `what happens once is told once for ever, and over when it was read`() async throws {
        try await RunBench.with { bench in
            let told = try await turn(bench, Self.first)
            #expect(try await bench.store.unreadNotices() == 1)
            try await bench.store.readNotices(told[0].id, at: noon + 60)
            #expect(try await bench.store.unreadNotices() == 0)
            let read = try #require(try await bench.store.notice(told[0].id))
            #expect(read.readAt == noon + 60 && read.clearedAt == noon + 60)
            #expect(try await turn(bench, Self.first, at: noon + 86400 * 400) == [])
            #expect(try await bench.store.openNotices() == [:])
        }
    }

    @Test func `reading ends nothing that is still so, and an unknown notice is refused`() async throws {
        try await RunBench.with { bench in
            _ = try await turn(bench, Self.attention, Self.disk, Self.first)
            try await bench.store.readNotices(nil, at: noon + 60)
            #expect(try await bench.store.unreadNotices() == 0)
            #expect(Set(try await bench.store.openNotices().keys) == [Self.attention.key, Self.disk.key])
            let unknown = await refusal {
                try await bench.store.readNotices(NoticeID(rawValue: "ntc_none"), at: noon)
            }
            #expect(unknown == .noticeNotFound)
        }
    }

    @Test func `what is muted is neither counted nor listed nor sent`() async throws {
        try await RunBench.with { bench in
            try await bench.addChannel("chn_all", kinds: "[]")
            let one = NoticeMute(.needsAttention, of: .one)
            try await bench.store.setMuted(true, one)
            try await bench.store.setMuted(true, one)
            #expect(try await bench.store.mutes() == [one])
            _ = try await turn(bench, Self.attention, Self.disk)
            #expect(try await bench.store.unreadNotices() == 1)
            #expect(try await bench.store.notices(isOpen: true, before: nil, limit: 9).map(\.kind) == [.diskLow])
            #expect(try await bench.deliveries() == ["chn_all disk_low"])
            try await bench.store.setMuted(false, one)
            #expect(try await bench.store.unreadNotices() == 2)
            try await bench.store.setMuted(true, NoticeMute(.diskLow))
            #expect(try await bench.store.unreadNotices() == 1)
            let unknown = await refusal {
                try await bench.store.setMuted(true, NoticeMute(.expiring, of: ConnectionID(rawValue: "con_none")))
            }
            #expect(unknown == .connectionNotFound)
        }
    }

    @Test func `a new notice is queued for each channel that wants it and is in use`() async throws {
        try await RunBench.with { bench in
            try await bench.addChannel("chn_all", kinds: "[]")
            try await bench.addChannel("chn_some", kinds: #"["expiring","disk_low"]"#)
            try await bench.addChannel("chn_off", kinds: "[]", disabledAt: "2026-01-01T00:00:00.000Z")
            _ = try await turn(bench, Self.attention, Self.disk)
            _ = try await turn(bench, Self.attention, Self.disk)
            #expect(
                try await bench.deliveries() == ["chn_all disk_low", "chn_all needs_attention", "chn_some disk_low"])
        }
    }

    @Test func `an erased connection takes its notices and mutes along, and gets no more`() async throws {
        try await RunBench.with { bench in
            try await bench.addChannel("chn_all", kinds: "[]")
            _ = try await turn(bench, Self.attention)
            try await bench.store.setMuted(true, NoticeMute(.expiring, of: .one))
            try await bench.store.erase(.one, at: noon)
            #expect(try await bench.store.notices(isOpen: false, before: nil, limit: 9) == [])
            #expect(try await bench.store.mutes() == [])
            #expect(try await bench.deliveries() == [])
            #expect(try await turn(bench, Self.attention) == [])
        }
    }

    @Test func `what is over is dropped when it is five hundred notices old`() async throws {
        try await RunBench.with { bench in
            let told = try await turn(bench, Self.first)
            try await bench.store.readNotices(told[0].id, at: noon)
            let drafts = (0..<502).map { number in
                NoticeDraft(.diskLow, key: NoticeKey(.diskLow, "\(number)"), title: "\(number)", sentence: "")
            }
            let raised = drafts.prefix(501).map { NoticeTurn.Raised($0, as: NoticeID(in: .real)) }
            _ = try await bench.store.turn(NoticeTurn(raised: raised), at: noon)
            _ = try await bench.store.turn(NoticeTurn(cleared: Set(drafts.map(\.key))), at: noon)
            _ = try await turn(bench, drafts[501])
            let kept = try await bench.store.notices(isOpen: false, before: nil, limit: 600)
            #expect(kept.count == 502)
            #expect(kept.last?.id == told[0].id && kept.dropLast().last?.title == "1")
        }
    }

    @Test func `first syncs of before there were notices are not told of`() async throws {
        try await RunBench.with { bench in
            _ = try await bench.finish(bench.take().lease)
            try await bench.store.writer.write { database in
                try database.execute(
                    sql: """
                        DROP TABLE notice_delivery; DROP TABLE notice_channel; DROP TABLE notice_mute;
                        DROP TABLE notice; DELETE FROM grdb_migrations WHERE identifier = '2026-11-22 notices';
                        """)
            }
            let store = try bench.otherProcess()
            #expect(try await store.turn(NoticeTurn(raised: [.init(Self.first, as: "ntc_late")]), at: noon) == [])
            #expect(try await store.unreadNotices() == 0)
        }
    }
}

extension RunBench {
    /// Adds a way out as it is stored.
    fileprivate func addChannel(_ id: String, kinds: String, disabledAt: String? = nil) async throws {
        try await store.writer.write { database in
            try database.execute(
                literal: """
                    INSERT INTO notice_channel (id, form, kinds, settings, created_at, disabled_at)
                    VALUES (\(id), 'webhook', \(kinds), '{}', '2026-01-01T00:00:00.000Z', \(disabledAt))
                    """)
        }
    }

    /// What is on its way, by channel and kind.
    fileprivate func deliveries() async throws -> [String] {
        try await store.writer.read { database in
            try String.fetchAll(
                database,
                sql: """
                    SELECT channel_id || ' ' || kind FROM notice_delivery JOIN notice ON notice.id = notice_id
                    ORDER BY 1
                    """)
        }
    }
}

extension NoticeKey: ExpressibleByStringLiteral {
    package init(stringLiteral value: String) { self.init(rawValue: value) }
}

extension NoticeID: ExpressibleByStringLiteral {
    package init(stringLiteral value: String) { self.init(rawValue: value) }
}
