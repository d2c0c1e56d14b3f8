package import MaxCore

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

    /// Reads a kind as it is typed, with hyphens or underscores.
    ///
    /// - Throws: ``MaxCore/MaxError`` with code `notice_kind_unknown`.
    package static func read(_ word: String) throws(MaxError) -> NoticeKind {
        if let kind = NoticeKind(rawValue: word.replacing("-", with: "_")) { return kind }
        let words = allCases.map(\.word)
        throw MaxError(
            .noticeKindUnknown, "There is no kind of notices \(word.shown(atMost: 40).quoted).",
            fix: NearestNames.question(word, among: words) ?? "Choose one of: \(words.joined(separator: ", ")).")
    }

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

extension MaxError.Code {
    /// No notice is of that kind.
    package static let noticeKindUnknown: Self = "notice_kind_unknown"
}
