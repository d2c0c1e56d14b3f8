import AcmeSandbox
import Foundation
import MaxCore
import PseudoTerminal
import Testing

/// Unfinished setups that nobody touches.
struct ExpiryTests {
    @Test func `a setup left alone for an hour vanishes without a trace`() async throws {
        try await withAcme { place, acme in
            let setup = try await place.startFlow(acme, answering: acme.key)
            try await expectStatus(place, ahead: 3500, setups: 1)
            #expect(try StoreLook(place).traces == ["setup_session", "secret", "data_key"])
            try await expectStatus(place, ahead: 3700, setups: 0)
            try place.expectNoTrace()
            #expect(try await place.max("flow", "show", setup).refusal(1)["code"] == "setup_ended")
        }
    }

    private func expectStatus(_ place: Playground, ahead seconds: Int, setups count: Int) async throws {
        var run = place.run(["--clock", "\(seconds)", "--", "status", "--json"])
        run.program = "CrashHost"
        #expect(try await run.finish().reply(0)["setups"]?.array?.count == count)
    }
}
