/// A piece of work, the plainest thing that could be done in its place, and the bar it has to stay under.
struct Benchmark: Sendable {
    /// The work in a few words.
    let name: String
    /// What is measured beside it, in a few words.
    let reference: String
    /// The bar; nil where there is none.
    let target: Target?
    /// Does both as often as is needed.
    let measure: @Sendable () async throws -> Measurement

    init(
        _ name: String, beside reference: String, target: Target? = nil,
        measure: @escaping @Sendable () async throws -> Measurement
    ) {
        self.name = name
        self.reference = reference
        self.target = target
        self.measure = measure
    }
}

/// The longest that some work may take.
enum Target: Sendable {
    case median(Duration)
    case p99(Duration)

    func isMet(by samples: Samples) -> Bool {
        switch self {
        case .median(let limit): samples.median <= limit
        case .p99(let limit): samples.p99 <= limit
        }
    }
}
