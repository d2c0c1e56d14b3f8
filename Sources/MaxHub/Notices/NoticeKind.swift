/// What a notice is about; each kind can be muted.
package enum NoticeKind: String, Sendable, Hashable, Codable, CaseIterable {
    /// The first sync of a connection brought what there is.
    case firstSync = "first_sync"
    /// Nothing comes any more until the owner does something.
    case needsAttention = "needs_attention"
    /// A credential ends soon.
    case expiring
    /// A device has not been heard of for too long.
    case deviceSilent = "device_silent"
    /// The disk is nearly full.
    case diskLow = "disk_low"

    /// Whether it tells of something that happened once, and not of how something is: it is over when it was read.
    package var isEvent: Bool {
        switch self {
        case .firstSync: true
        case .needsAttention, .expiring, .deviceSilent, .diskLow: false
        }
    }

    /// As it is typed: `needs-attention`.
    package var word: String { rawValue.replacing("_", with: "-") }
    /// The kind that is typed so, with hyphens or underscores.
    package init?(word: String) { self.init(rawValue: word.replacing("-", with: "_")) }

    /// For people.
    package var title: String {
        switch self {
        case .firstSync: "First sync done"
        case .needsAttention: "Needs attention"
        case .expiring: "A credential ends soon"
        case .deviceSilent: "A device is silent"
        case .diskLow: "The disk is nearly full"
        }
    }
}
