package import Foundation
package import MaxHub

/// A notice as it is sent.
package struct NoticeBody: Codable, Sendable, Hashable {
    package let id: String
    /// `first_sync`, `needs_attention`, `expiring`, `device_silent` or `disk_low`.
    package let kind: String
    /// The short name of the connection it is about.
    package let connection: String?
    /// What happened, for people.
    package let title: String
    /// What is to be known besides, for people; empty when there is nothing.
    package let sentence: String
    /// `sync`, `reconnect`, `resume`, `server_setting` or `wait`: the one thing that mends it.
    package let action: String?
    /// The server's setting that is missing, for `server_setting`.
    package let setting: String?
    /// A page of the provider's that helps with that.
    package let link: String?
    package let raisedAt: Date
    /// When it was over; absent while it is open.
    package let clearedAt: Date?
    /// When the owner read it.
    package let readAt: Date?
    /// Whether the owner does not want to hear of it.
    package let muted: Bool

    /// Puts a notice into its form for sending.
    package init(_ notice: Notice, connection: String?, isMuted: Bool) {
        id = notice.id.rawValue
        kind = notice.kind.rawValue
        self.connection = connection
        (title, sentence) = (notice.title, notice.sentence)
        action = notice.action?.kind
        setting = if case .serverSetting(let name) = notice.action { name } else { nil }
        link = notice.link?.absoluteString
        (raisedAt, clearedAt, readAt) = (notice.raisedAt, notice.clearedAt, notice.readAt)
        muted = isMuted
    }

    /// Whether what it tells is still so, and the owner wants to hear of it.
    package var isOpen: Bool { clearedAt == nil && !muted }
    /// Whether the owner has still to see it.
    package var isUnread: Bool { isOpen && readAt == nil }
}

/// What the owner does not want to be told of, as it is sent.
package struct NoticeMuteBody: Codable, Sendable, Hashable {
    package let kind: String
    /// The short name of the connection it is limited to.
    package let connection: String?

    package init(_ mute: NoticeMute, connection: String?) {
        (kind, self.connection) = (mute.kind.rawValue, connection)
    }
}

/// Everything that is muted, as it is sent.
package struct NoticeMutesBody: Codable, Sendable, Hashable {
    package let mutes: [NoticeMuteBody]

    package init(_ mutes: [NoticeMuteBody]) { self.mutes = mutes }
}

/// What is to be muted, or not any more, as it is asked.
package struct NoticeMuteChangeBody: Codable, Sendable, Hashable {
    package let kind: String
    /// A connection, by its id or short name; all of them, and the machine, unless given.
    package let connection: String?
    package let muted: Bool

    package init(kind: String, connection: String?, muted: Bool) {
        (self.kind, self.connection, self.muted) = (kind, connection, muted)
    }
}
