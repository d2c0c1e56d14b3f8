internal import Foundation
internal import MaxCore
package import MaxHub
package import MaxWire

extension Engines {
    /// Notices as they are sent, the newest first.
    ///
    /// - Parameters:
    ///   - isOpen: Whether only those are wanted that are open and not muted.
    ///   - earlier: The notice before which to go on.
    /// - Throws: ``MaxCore/MaxError`` with code `cursor_foreign` when that one is not there any more.
    package func notices(
        isOpen: Bool, before earlier: NoticeID? = nil, limit: Int
    ) async throws -> (items: [NoticeBody], hasMore: Bool) {
        guard let store else { return ([], false) }
        if let earlier, try await store.notice(earlier) == nil { throw MaxError.cursorForeign }
        let found = try await store.notices(isOpen: isOpen, before: earlier, limit: limit + 1)
        return (try await bodies(of: Array(found.prefix(limit))), found.count > limit)
    }

    /// How many are open, not muted, and unread.
    package func unreadNotices() async throws -> Int { try await store?.unreadNotices() ?? 0 }

    /// Notes that the owner read a notice, or all of them when none is named.
    ///
    /// - Throws: ``MaxCore/MaxError`` with code `notice_not_found`.
    package func readNotices(_ id: NoticeID?) async throws {
        try await requireStore().readNotices(id, at: surroundings.now())
    }

    /// What is muted, by kind, then by connection.
    package func mutes() async throws -> [NoticeMuteBody] {
        guard let store else { return [] }
        let slugs = try await slugs()
        return try await store.mutes().map { NoticeMuteBody($0, connection: $0.connection.flatMap { slugs[$0] }) }
            .sorted { ($0.kind, $0.connection ?? "") < ($1.kind, $1.connection ?? "") }
    }

    /// Mutes a kind, or unmutes it.
    ///
    /// - Throws: ``MaxCore/MaxError`` with code `connection_not_found`.
    package func setMuted(_ isMuted: Bool, _ mute: NoticeMute) async throws {
        try await requireStore().setMuted(isMuted, mute)
    }

    /// Notices in the form in which they are sent.
    func bodies(of notices: [Notice]) async throws -> [NoticeBody] {
        guard let store, !notices.isEmpty else { return [] }
        let (slugs, mutes) = (try await slugs(), try await store.mutes())
        return notices.map { notice in
            NoticeBody(
                notice, connection: notice.connection.flatMap { slugs[$0] },
                isMuted: mutes.contains { $0.covers(notice) })
        }
    }

    private func slugs() async throws -> [ConnectionID: String] {
        Dictionary(try await connections().map { ($0.id, $0.slug) }, uniquingKeysWith: { $1 })
    }
}

extension NoticeMute {
    fileprivate func covers(_ notice: Notice) -> Bool {
        kind == notice.kind && (connection == nil || connection == notice.connection)
    }
}
