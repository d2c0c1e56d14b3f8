internal import MaxClient
internal import MaxWire

extension ServerHub {
    func notices(isOpen: Bool, atMost most: Int) async throws -> [NoticeBody] {
        try await client.notices(isOpen: isOpen, atMost: most)
    }

    func readNotices(_ id: String?) async throws { try await client.readNotices(id) }

    func mutes() async throws -> [NoticeMuteBody] { try await client.mutes() }

    func mute(_ change: NoticeMuteChangeBody) async throws -> [NoticeMuteBody] { try await client.mute(change) }
}
