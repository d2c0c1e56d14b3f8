public import MaxConnector
internal import MaxCore

/// The conformance suite: runs a connector through the real engines, vault, store and way out against a double of its
/// provider, and awards a tier.
///
///     @Suite(.serialized) struct AcmeConformanceTests {
///         static let suite = Conformance(of: acme) { play in
///             try await AcmeSandbox.serve { provider in try await play(ProviderScript(…)) }
///         }
///
///         @Test(arguments: SetupCheck.allCases)
///         func `connects as it should`(check: SetupCheck) async throws { try await Self.suite.run(check) }
///
///         @Test(arguments: CollectionCheck.allCases)
///         func `collects as it should`(check: CollectionCheck) async throws { try await Self.suite.run(check) }
///
///         @Test func `earns the tier it claims`() async { #expect(await Self.suite.tier() == acme.about.tier) }
///     }
public struct Conformance: Sendable {
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

    /// Runs one check of the setup half, unless that was done.
    ///
    /// - Throws: ``ConformanceFailure`` when the connector does not keep the promise; whatever the double throws.
    public func run(_ check: SetupCheck) async throws {
        try await run(.setup(check)) { try await $0.run(check) }
    }

    /// Runs one check of the collection half, unless that was done.
    ///
    /// - Throws: ``ConformanceFailure`` when the connector does not keep the promise; whatever the double throws.
    public func run(_ check: CollectionCheck) async throws {
        try await run(.collection(check)) { try await $0.run(check) }
    }

    /// Returns the tier that is earned; checks that were run already are not run again.
    ///
    /// - Returns: Gold when every promise is kept, silver when every one of the setup half is, bronze when the connector at
    ///   least registers, nil when not even that.
    public func tier() async -> QualityTier? {
        guard await isKept(.registration) else { return nil }
        guard await isKept(SetupCheck.allCases, by: isKept) else { return .bronze }
        return await isKept(CollectionCheck.allCases, by: isKept) ? .gold : .silver
    }

    private func isKept<Check>(_ checks: [Check], by isKept: (Check) async -> Bool) async -> Bool {
        for check in checks where await !isKept(check) { return false }
        return true
    }

    private func isKept(_ check: SetupCheck) async -> Bool {
        do { try await run(check) } catch { return false }
        return true
    }

    private func isKept(_ check: CollectionCheck) async -> Bool {
        do { try await run(check) } catch { return false }
        return true
    }

    private func run(_ check: ConformanceCheck, _ work: @escaping @Sendable (Trial) async throws -> Void) async throws {
        let connector = connector
        try await outcomes.once(check) {
            try await stage { script in
                do { try await work(Trial(connector: connector, script: script)) } catch {
                    throw ConformanceFailure(check, Shortfall(error))
                }
            }
        }
    }
}
