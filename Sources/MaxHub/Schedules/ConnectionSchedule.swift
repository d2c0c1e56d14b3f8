package import Foundation

/// How often a connection is synced by itself.
package struct ConnectionSchedule: Sendable, Hashable {
    /// How many seconds its connector recommends between two syncs.
    package let recommended: TimeInterval
    /// How many its owner wants; nil where that is left to the connector.
    package let own: TimeInterval?

    package init(recommended: TimeInterval, own: TimeInterval?) {
        self.recommended = recommended
        self.own = own
    }

    /// How many seconds lie between two syncs.
    package var interval: TimeInterval { own ?? recommended }
    /// Whether the owner chose.
    package var isOwn: Bool { own != nil }
}
