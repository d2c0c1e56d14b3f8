internal import MaxEngines
internal import MaxHub
internal import MaxSetup
internal import MaxWire

extension ProjectHub {
    func notices(isOpen: Bool, atMost most: Int) async throws -> [NoticeBody] {
        try await engines.notices(isOpen: isOpen, limit: most).items
    }

    func readNotices(_ id: String?) async throws {
        try await engines.readNotices(id.map { NoticeID(rawValue: $0) })
    }

    func mutes() async throws -> [NoticeMuteBody] { try await engines.mutes() }

    func mute(_ change: NoticeMuteChangeBody) async throws -> [NoticeMuteBody] {
        let kind = try NoticeKind.read(change.kind)
        var one: ConnectionID?
        if let word = change.connection { one = try await desk.rows.connection(named: word).id }
        try await engines.setMuted(change.muted, NoticeMute(kind, of: one))
        return try await engines.mutes()
    }
}
