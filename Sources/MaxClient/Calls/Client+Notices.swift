package import MaxWire

extension Client {
    /// What the owner has to know, the newest first.
    ///
    /// - Parameter isOpen: Whether only those are wanted that are open and not muted.
    package func notices(isOpen: Bool, atMost most: Int = .max) async throws -> [NoticeBody] {
        try await all(.get("notices", query: [("all", isOpen ? nil : "1")]), atMost: most)
    }

    /// Notes that the owner read a notice, or all of them when none is named.
    package func readNotices(_ id: String?) async throws {
        let request: ClientRequest =
            if let id { try .post("notices", id, "read", body: Nothing()) } else {
                try .post("notices", "read", body: Nothing())
            }
        _ = try await exchange.send(request)
    }

    /// What is muted.
    package func mutes() async throws -> [NoticeMuteBody] {
        try await ask(.get("notices", "mutes"), for: NoticeMutesBody.self).mutes
    }

    /// Mutes a kind of notices, or unmutes it.
    package func mute(_ change: NoticeMuteChangeBody) async throws -> [NoticeMuteBody] {
        try await ask(.patch("notices", "mutes", body: change), for: NoticeMutesBody.self).mutes
    }
}
