package import Foundation

/// Something the owner is told once.
package struct Notice: Sendable, Hashable {
    package let id: NoticeID
    /// What it is about and what makes it one of its kind; of one key at most one notice is open.
    package let key: NoticeKey
    package let kind: NoticeKind
    /// The connection it is about; nil for what is about all of them, or about the machine.
    package let connection: ConnectionID?
    /// What happened, in a few words.
    package let title: String
    /// What is to be known besides; empty when there is nothing.
    package let sentence: String
    /// The one thing that mends it.
    package let action: ConnectionHealth.Action?
    /// A page of the provider's that helps with that, such as where a token is made.
    package let link: URL?
    /// When it was told first.
    package let raisedAt: Date
    /// When it was over; nil while it is open.
    package let clearedAt: Date?
    /// When the owner read it.
    package let readAt: Date?

    package init(
        id: NoticeID, key: NoticeKey, kind: NoticeKind, connection: ConnectionID?, title: String, sentence: String,
        action: ConnectionHealth.Action?, link: URL?, raisedAt: Date, clearedAt: Date? = nil, readAt: Date? = nil
    ) {
        self.id = id
        self.key = key
        self.kind = kind
        self.connection = connection
        self.title = title
        self.sentence = sentence
        self.action = action
        self.link = link
        self.raisedAt = raisedAt
        self.clearedAt = clearedAt
        self.readAt = readAt
    }

    /// Whether what it tells is still so.
    package var isOpen: Bool { clearedAt == nil }
    /// Whether the owner has not seen it.
    package var isUnread: Bool { readAt == nil }
}

/// What makes a notice one of its kind, such as `expiring/con_4k…/2027-03-03T09:00:00Z/14`.
package struct NoticeKey: RawRepresentable, Sendable, Hashable, Codable {
    package let rawValue: String
    package init(rawValue: String) { self.rawValue = rawValue }

    /// The key of a kind, told apart by parts that do not change while the same thing is told.
    package init(_ kind: NoticeKind, _ parts: String...) {
        rawValue = ([kind.rawValue] + parts).joined(separator: "/")
    }
}

/// A notice before it is stored.
package struct NoticeDraft: Sendable, Hashable {
    package let key: NoticeKey
    package let kind: NoticeKind
    package let connection: ConnectionID?
    package let title: String
    package let sentence: String
    package let action: ConnectionHealth.Action?
    package let link: URL?

    package init(
        _ kind: NoticeKind, key: NoticeKey, connection: ConnectionID? = nil, title: String, sentence: String,
        action: ConnectionHealth.Action? = nil, link: URL? = nil
    ) {
        self.kind = kind
        self.key = key
        self.connection = connection
        self.title = title
        self.sentence = sentence
        self.action = action
        self.link = link
    }
}
