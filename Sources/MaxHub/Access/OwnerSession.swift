package import Foundation

/// The owner, signed in: proof for whatever only the owner may do, and a line on the page *Access*.
package struct OwnerSession: Sendable, Hashable {
    /// How long a session lasts at most, in seconds: 30 days.
    package static let lifetime: TimeInterval = 30 * 24 * 3600
    /// How long a session lasts that nobody uses, in seconds: 7 days.
    package static let idleLifetime: TimeInterval = 7 * 24 * 3600

    package let id: OwnerSessionID
    /// Who signed in.
    package let visitor: Visitor
    /// When that was.
    package let beganAt: Date
    /// When it was used last, give or take a minute.
    package var seenAt: Date

    /// Creates a session.
    package init(id: OwnerSessionID, visitor: Visitor, beganAt: Date, seenAt: Date) {
        self.id = id
        self.visitor = visitor
        self.beganAt = beganAt
        self.seenAt = seenAt
    }

    /// When it ends unless it is used.
    package var expiresAt: Date { min(beganAt + Self.lifetime, seenAt + Self.idleLifetime) }
}
