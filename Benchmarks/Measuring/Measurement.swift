/// The times of some work and of its reference, taken in turn so that both meet the machine in the same mood.
struct Measurement: Sendable {
    private(set) var work = Samples()
    private(set) var reference = Samples()
    /// How many things each time is for.
    let amount: Int
    /// The most bytes of memory that the work's process had at once; 0 when it was not asked.
    private(set) var peak = 0
    /// The most requests to a provider that the work took once; 0 when they were not counted.
    private(set) var requests = 0

    /// Takes nothing yet.
    init(of amount: Int = 1) { self.amount = amount }

    /// Takes `count` times of each, after a few that do not count.
    init(
        _ count: Int, warmUp: Int = 1, of amount: Int = 1, work: () async throws -> Duration,
        reference: () async throws -> Duration
    ) async throws {
        self.amount = amount
        for run in 0..<(warmUp + count) {
            let times = (work: try await work(), reference: try await reference())
            if run >= warmUp { add(work: times.work, reference: times.reference) }
        }
    }

    /// Takes one time of each.
    mutating func add(work: Duration, reference: Duration, peak: Int = 0, requests: Int = 0) {
        self.work.append(work)
        self.reference.append(reference)
        self.peak = max(self.peak, peak)
        self.requests = max(self.requests, requests)
    }

    /// How many things were done in a second.
    var pace: Double { work.median > .zero ? Double(amount) / (work.median / .seconds(1)) : 0 }
    /// The rate of the work as a share of the reference's.
    var rate: Double { work.median > .zero ? reference.median / work.median : 0 }
}

/// Times, of which the middle and the far end count.
struct Samples: Sendable {
    private var durations: [Duration] = []

    var count: Int { durations.count }
    /// Half of them are no longer.
    var median: Duration { percentile(50) }
    /// All but five in a hundred are no longer.
    var p95: Duration { percentile(95) }
    /// All but one in a hundred are no longer.
    var p99: Duration { percentile(99) }

    mutating func append(_ duration: Duration) { durations.append(duration) }

    /// The time of nearest rank; zero when there is none.
    private func percentile(_ share: Int) -> Duration {
        guard !durations.isEmpty else { return .zero }
        return durations.sorted()[(durations.count * share + 99) / 100 - 1]
    }
}

/// The time that some work takes which may wait.
func time(_ work: () async throws -> Void) async throws -> Duration {
    let start = ContinuousClock.now
    try await work()
    return start.duration(to: .now)
}

/// The time that some work takes which never waits.
func timeOfCall<Value>(_ work: () throws -> Value) rethrows -> Duration {
    let start = ContinuousClock.now
    _ = try work()
    return start.duration(to: .now)
}
