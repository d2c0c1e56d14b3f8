internal import Foundation
internal import MaxEngines
internal import MaxHub

/// How often an account is synced by itself, for choosing.
struct SchedulePart: Sendable {
    let options: [Option]
    /// When the next sync is.
    let next: String

    /// A time between two syncs that can be chosen.
    struct Option: Sendable {
        /// In seconds; 0 leaves it to the connector.
        let value: Int
        let words: String
        let isChosen: Bool
    }

    private static let usual: [TimeInterval] = [900, 3600, 6 * 3600, 86400, 7 * 86400]

    init(_ card: ConnectionCard, _ setting: PageSetting) {
        let schedule = card.schedule
        let recommended = Option(
            value: 0, words: "\(SyncInterval.words(schedule.recommended)), as recommended", isChosen: !schedule.isOwn)
        let intervals = Set(Self.usual + [schedule.own].compactMap(\.self)).sorted()
        options =
            [recommended]
            + intervals.map {
                Option(value: Int($0), words: SyncInterval.words($0), isChosen: schedule.own == $0)
            }
        let left = card.health.nextAt?.timeIntervalSince(setting.now)
        next = left.map { $0 < 60 ? "next: at once" : "next in \(Phrase.duration($0))" } ?? ""
    }
}
