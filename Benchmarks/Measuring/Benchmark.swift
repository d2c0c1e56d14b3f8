/// A piece of work, the plainest thing that could be done in its place, and the bars it has to clear.
struct Benchmark: Sendable {
    /// The work in a few words.
    let name: String
    /// What is measured beside it, in a few words.
    let reference: String
    /// The bars; empty where there is none.
    let targets: [Target]
    /// Does both as often as is needed.
    let measure: @Sendable () async throws -> Measurement

    init(
        _ name: String, beside reference: String, target: Target? = nil, peak: Int? = nil,
        requests: Int? = nil,
        measure: @escaping @Sendable () async throws -> Measurement
    ) {
        self.name = name
        self.reference = reference
        targets = [target, peak.map(Target.peak), requests.map(Target.requests)].compactMap(\.self)
        self.measure = measure
    }
}

/// A bar that some work has to clear.
enum Target: Sendable {
    /// The longest that it may take.
    case median(Duration)
    /// The longest that all but five in a hundred may take.
    case p95(Duration)
    /// The longest that all but one in a hundred may take.
    case p99(Duration)
    /// The fewest of its amount that may be done in a second.
    case pace(Int)
    /// The least share of the rate of what is beside it.
    case rate(Double)
    /// The most bytes of memory that its process may have had at once.
    case peak(Int)
    /// The most requests to a provider.
    case requests(Int)

    func isMet(by measurement: Measurement) -> Bool {
        switch self {
        case .median(let limit): measurement.work.median <= limit
        case .p95(let limit): measurement.work.p95 <= limit
        case .p99(let limit): measurement.work.p99 <= limit
        case .pace(let least): measurement.pace >= Double(least)
        case .rate(let least): measurement.rate >= least
        case .peak(let limit): measurement.peak <= limit
        case .requests(let limit): measurement.requests <= limit
        }
    }
}
