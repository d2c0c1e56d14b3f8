import MaxConnector
import MaxTesting
import Testing

@Suite struct ConformanceTests {
    @Test(arguments: SetupCheck.allCases)
    func `a sound connector passes`(check: SetupCheck) async throws { try await suite(of: tiny()).run(check) }

    @Test(arguments: Defect.allCases)
    func `a broken connector fails the check that is about it`(defect: Defect) async throws {
        let failure = await #expect(throws: ConformanceFailure.self) {
            try await suite(of: tiny(defect)).run(defect.failingCheck)
        }
        #expect(failure?.check == defect.failingCheck)
    }

    @Test func `a failure names the check, the step, what was expected and what came`() async throws {
        let failure = await #expect(throws: ConformanceFailure.self) {
            try await suite(of: tiny(.refusalHidden)).run(.wrongSecret)
        }
        #expect(failure?.step == "Checking with Tiny")
        let text = try #require(failure?.description)
        #expect(text.hasPrefix("“A wrong secret is refused in the provider's name"))
        #expect(text.contains("expected a refused secret, but found the problem “Tiny could not be reached.”"))
    }

    @Test func `a fault the script lacks is told`() async throws {
        let failure = await #expect(throws: ConformanceFailure.self) {
            try await suite(of: tiny(), without: .serverFault).run(.serverFault)
        }
        #expect(failure?.expected == "the script to have the fault “server_fault”")
    }

    @Test func `whatever keeps the double from serving is thrown as it is`() async throws {
        struct Broken: Error {}
        let suite = SetupConformance(of: tiny()) { _ in throw Broken() }
        await #expect(throws: Broken.self) { try await suite.run(.activation) }
    }

    @Test(arguments: [(nil, .silver), (.anySecretAccepted, .bronze)] as [(Defect?, QualityTier)])
    func `the tier is the highest that is earned`(defect: Defect?, tier: QualityTier) async {
        #expect(await suite(of: tiny(defect)).tier() == tier)
    }

    @Test func `what does not even register earns no tier`() async {
        #expect(await suite(of: tiny(roots: [])).tier() == nil)
    }
}
