internal import GRDB
internal import MaxHub
internal import Synchronization

/// The runs that are over, as they were read once: none of them ever changes.
///
/// Most of reading a run is making its progress and its ending out of JSON, and pages ask for the last runs of every
/// connection.
final class EndedRuns: Sendable {
    /// How many are kept; those of ten thousand connections are fewer.
    private static let most = 25_000

    private let known = Mutex<[RunID: Run]>([:])

    /// The runs of rows that were committed.
    func runs(_ rows: [Row]) throws -> [Run] { try rows.map(run) }

    private func run(_ row: Row) throws -> Run {
        if let run = known.withLock({ $0[RunID(rawValue: row["id"])] }) { return run }
        let run = try Run(row: row)
        guard run.state.isEnded else { return run }
        known.withLock { known in
            if known.count >= Self.most { known = [:] }
            known[run.id] = run
        }
        return run
    }
}
