public import MaxConnector
internal import MaxCore
internal import Synchronization

/// The setup half of the conformance suite: runs a connector through the real engine, vault and stores against a double
/// of its provider, and awards a tier.
///
///     @Suite struct AcmeConformanceTests {
///         static let suite = SetupConformance(of: acme) { play in
///             try await AcmeSandbox.serve { provider in try await play(ProviderScript(…)) }
///         }
///
///         @Test(arguments: SetupCheck.allCases)
///         func `keeps its promises`(check: SetupCheck) async throws { try await Self.suite.run(check) }
///     }
public struct SetupConformance: Sendable {
    /// Serves a double of the provider for as long as the suite plays with it, once for each check.
    public typealias Stage = @Sendable (_ play: @Sendable (ProviderScript) async throws -> Void) async throws -> Void

    private let connector: any Connector
    private let stage: Stage
    private let outcomes = Outcomes()

    /// Creates the suite of one connector.
    ///
    /// - Parameter stage: Starts the double, hands its script to `play`, and stops it.
    public init(of connector: any Connector, against stage: @escaping Stage) {
        self.connector = connector
        self.stage = stage
    }

    /// Runs one check.
    ///
    /// - Throws: ``ConformanceFailure`` when the connector does not keep the promise; whatever the double throws.
    public func run(_ check: SetupCheck) async throws {
        let (connector, outcomes) = (connector, outcomes)
        try await stage { script in
            do {
                try await Trial(connector: connector, script: script).run(check)
                outcomes.note(check, isKept: true)
            } catch {
                outcomes.note(check, isKept: false)
                throw ConformanceFailure(check, Shortfall(error))
            }
        }
    }

    /// Returns the tier that is earned in this half; a check that was run already is not run again.
    ///
    /// - Returns: Silver when every promise is kept, bronze when the connector at least registers, nil when not even that.
    public func tier() async -> QualityTier? {
        for check in SetupCheck.allCases where outcomes.isKept(check) == nil {
            do { try await run(check) } catch { outcomes.note(check, isKept: false) }
        }
        if SetupCheck.allCases.allSatisfy({ outcomes.isKept($0) == true }) { return .silver }
        return outcomes.isKept(.registration) == true ? .bronze : nil
    }
}

/// Which promises were found kept and which broken.
private final class Outcomes: Sendable {
    private let kept = Mutex<[SetupCheck: Bool]>([:])

    func note(_ check: SetupCheck, isKept: Bool) { kept.withLock { $0[check] = isKept } }

    func isKept(_ check: SetupCheck) -> Bool? { kept.withLock { $0[check] } }
}
