internal import Synchronization

/// The connections with how they were a moment ago, given again as long as nothing was stored since.
///
/// What is not stored, such as whether a process that syncs still lives, is seen a second later at most.
final class CardShelf: Sendable {
    private static let life = Duration.seconds(1)

    private struct Lot {
        let mark: Int64
        let seenAt: ContinuousClock.Instant
        let cards: [ConnectionCard]
    }

    private let lot = Mutex<Lot?>(nil)

    /// The cards of that mark, made only when they are not at hand.
    func cards(
        _ mark: Int64, at now: ContinuousClock.Instant = .now, _ make: () async throws -> [ConnectionCard]
    ) async throws -> [ConnectionCard] {
        if let kept = lot.withLock({ $0 }), kept.mark == mark, now - kept.seenAt < Self.life { return kept.cards }
        let cards = try await make()
        lot.withLock { $0 = Lot(mark: mark, seenAt: now, cards: cards) }
        return cards
    }
}
