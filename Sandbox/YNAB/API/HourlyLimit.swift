import Synchronization

/// Counts each token's requests of the last hour.
final class HourlyLimit: Sendable {
    private static let length = Duration.seconds(3_600)

    let limit: Int
    private let requests = Mutex<[String: [ContinuousClock.Instant]]>([:])

    init(requestsPerHour: Int) { limit = max(requestsPerHour, 1) }

    /// Counts a request, and tells how many there were; a refused one is not counted.
    func take(_ token: String) -> (used: Int, isExceeded: Bool) {
        let now = ContinuousClock.now
        return requests.withLock { requests in
            var recent = requests[token] ?? []
            if let kept = recent.firstIndex(where: { now - $0 < Self.length }) {
                recent.removeFirst(kept)
            } else {
                recent = []
            }
            defer { requests[token] = recent }
            guard recent.count < limit else { return (recent.count, true) }
            recent.append(now)
            return (recent.count, false)
        }
    }
}
