import MaxConnector
import MaxCore
import MaxTesting
import Synchronization
import Testing

@Suite(.serialized) struct ConformanceTests {
    static let sound = suite(of: tiny())

    @Test(arguments: SetupCheck.allCases)
    func `a sound connector connects`(check: SetupCheck) async throws { try await Self.sound.run(check) }

    @Test(arguments: CollectionCheck.allCases)
    func `a sound connector collects`(check: CollectionCheck) async throws { try await Self.sound.run(check) }

    @Test(arguments: Defect.allCases)
    func `a broken connector fails the check that is about it`(defect: Defect) async throws {
        let failure = await #expect(throws: ConformanceFailure.self) {
            switch defect.failingCheck {
            case .setup(let check): try await suite(of: tiny(defect)).run(check)
            case .collection(let check): try await suite(of: tiny(defect)).run(check)
            }
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
            try await suite(of: tiny(), without: .serverFault).run(SetupCheck.serverFault)
        }
        #expect(failure?.expected == "the script to have the fault “server_fault”")
    }

    @Test func `whatever keeps the double from serving is thrown as it is`() async throws {
        struct Broken: Error {}
        let suite = Conformance(of: tiny()) { _ in throw Broken() }
        await #expect(throws: Broken.self) { try await suite.run(.activation) }
    }

    @Test func `a script without changes passes all but the checks of changes`() async throws {
        let unchanging = suite(of: tiny(), changing: false)
        try await unchanging.run(.firstSync)
        for check in [CollectionCheck.addition, .edit, .deletion] {
            let failure = await #expect(throws: ConformanceFailure.self) { try await unchanging.run(check) }
            #expect(failure?.expected == "the script to have changes to make at the provider")
        }
    }

    @Test func `a check runs once, however often it is asked for`() async throws {
        let plays = Mutex(0)
        let suite = Conformance(of: tiny(roots: [])) { play in
            plays.withLock { $0 += 1 }
            try await play(ProviderScript(secret: "token", account: "a", another: "b", faults: [:]))
        }
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<8 {
                group.addTask { await #expect(throws: ConformanceFailure.self) { try await suite.run(.registration) } }
            }
            try await group.waitForAll()
        }
        #expect(plays.withLock { $0 } == 1)
    }

    @Test func `a sound connector earns gold`() async { #expect(await Self.sound.tier() == .gold) }

    @Test(arguments: [(.anotherTextEachTime, .silver), (.anySecretAccepted, .bronze)] as [(Defect, QualityTier)])
    func `the tier is the highest that is earned`(defect: Defect, tier: QualityTier) async {
        #expect(await suite(of: tiny(defect)).tier() == tier)
    }

    @Test func `a connector that always calls one host is held to it at a double`() async throws {
        let fixed = tiny(home: "https://api.tiny.example", egress: .hosts(["api.tiny.example"]))
        let suite = suite(of: fixed, at: "api.tiny.example")
        for check in [SetupCheck.activation, .wrongSecret, .silentProvider] { try await suite.run(check) }
        for check in [CollectionCheck.firstSync, .refusedCredential] { try await suite.run(check) }
    }

    @Test func `a connector that falls back on one host is led to the double by an answer`() async throws {
        let falling = suite(of: tiny(home: "https://api.tiny.example"))
        for check in [SetupCheck.registration, .activation, .wrongSecret] { try await falling.run(check) }
    }

    @Test func `no double takes the place of a host that is none of the connector's business`() async throws {
        let straying = tiny(home: "https://elsewhere.example", egress: .hosts(["api.tiny.example"]))
        let failure = await #expect(throws: ConformanceFailure.self) {
            try await suite(of: straying, at: "elsewhere.example").run(.activation)
        }
        #expect(failure?.found.contains("egress_refused") == true, "\(failure?.found ?? "")")
    }

    @Test func `what does not even register earns no tier`() async {
        #expect(await suite(of: tiny(roots: [])).tier() == nil)
    }
}
