internal import Foundation
internal import MaxHub

extension SyncService {
    /// The connections whose sync is due, in the order in which their turn comes.
    func dueConnections() async throws -> DueConnections {
        let (standings, now) = (try await schedules.syncStandings(of: nil), surroundings.now())
        let intervals = await registry.recommendedIntervals(of: Set(standings.map(\.connector)))
        return DueConnections(
            standings.compactMap { standing in
                let recommended = intervals[standing.connector] ?? SyncSchedule.usual
                switch SyncSchedule.next(standing, recommended: recommended, at: now) {
                case .now: return (standing.connection, standing.connector, .distantPast)
                case .at(let time): return time <= now ? (standing.connection, standing.connector, time) : nil
                case .underWay, .inactive, .paused, .refused, .givenUp: return nil
                }
            })
    }
}

/// What a keeper knows of the syncs that are due, looked at anew every now and then.
struct DueRuns {
    private var queue = DueConnections()
    private var lookedAt: Date?

    /// How long a look is good for, in seconds; a clock that was set makes another one due.
    private static let validity: TimeInterval = 15

    /// Asks for the runs of those whose turn it is, at most so many.
    ///
    /// - Returns: Whether any was asked for.
    mutating func request(atMost count: Int, from sync: SyncService) async -> Bool {
        guard count > 0 else { return false }
        if queue.isEmpty {
            let now = sync.surroundings.now()
            guard lookedAt.map({ abs(now.timeIntervalSince($0)) > Self.validity }) ?? true else { return false }
            queue = (try? await sync.dueConnections()) ?? DueConnections()
            lookedAt = now
        }
        let turn = queue.take(count)
        for connection in turn { _ = try? await sync.request(connection) }
        return !turn.isEmpty
    }
}
