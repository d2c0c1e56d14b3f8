internal import MaxHub
internal import Synchronization

/// A store that notes what is activated and can fail as a killed process does: at one write, and ever after.
final class WatchedStore: Sendable {
    let base: any SetupRows
    private let pulse: Pulse
    private let noted = Mutex<[Activation]>([])

    init(_ base: any SetupRows, crash: PlannedCrash? = nil) {
        self.base = base
        pulse = Pulse(crash)
    }

    /// Whether the planned crash has come.
    var hasCrashed: Bool { pulse.hasStopped }
    /// What was activated, the last one last.
    var activations: [Activation] { noted.withLock { $0 } }

    func note(_ activation: Activation) { noted.withLock { $0.append(activation) } }

    func read<Result>(_ work: () async throws -> Result) async throws -> Result { try await pulse.read(work) }

    func write<Result>(_ work: () async throws -> Result) async throws -> Result { try await pulse.write(work) }
}
