import AcmeSandbox
import Foundation
import MaxCore
import PseudoTerminal
import Testing

/// Every fault that a key can force: the outcome, the sentence and the exit code that a person and a script get.
struct FaultKeyTests {
    /// How a connection with a first sync ends.
    private enum Ending {
        /// The setup is refused with that exit code; nothing is connected.
        case refused(Int32, String)
        /// The first sync ends so, with that exit code.
        case synced(String, Int32, String)
    }

    /// What each key has to come to.
    ///
    /// There is no default: a new key does not compile before it is in here.
    private static func ending(of fault: AcmeFault) -> Ending {
        switch fault {
        case .unauthorized: .refused(3, "Acme rejected this API token")
        case .forbidden: .refused(3, "it may not read what is collected")
        case .empty: .refused(3, "This token sees no workspace")
        case .tooManyRequests: .refused(4, "too many requests for now and asks to wait 1 second")
        case .rateLimitedAsForbidden: .refused(4, "too many requests for now and asks to wait 1 second")
        case .silentTooManyRequests: .refused(4, "too many requests for now")
        case .serverError: .refused(4, "Acme has a fault of its own right now")
        case .hang: .refused(4, "did not answer within")
        case .garbage, .errorWithSuccess: .refused(4, "was not in the form that was expected")
        case .html: .refused(4, "Acme answered with a web page instead of data")
        case .huge, .gzipBomb: .refused(4, "larger than the 16 MB that were expected")
        case .endlessHeaders: .refused(4, "headers that do not end")
        case .redirect: .refused(4, "is not one of the hosts that the connector for Acme may call")
        case .flapping, .slow, .expiresSoon, .tooManyRequestsOnce, .forgetful, .one, .many, .tasksMissing:
            .synced("complete", 0, "records collected\n")
        case .usersForbidden, .tasksForbidden: .synced("partial", 5, "it may not read what is collected")
        case .tasksBroken: .synced("partial", 5, "Acme has a fault of its own right now")
        case .revokedAfterFive: .synced("failed", 3, "Nothing more is asked for until it is replaced")
        }
    }

    @Test(arguments: AcmeFault.allCases)
    func `ends in the right outcome, sentence and code`(fault: AcmeFault) async throws {
        let options = AcmeSandboxOptions(slowness: .milliseconds(100))
        try await withAcme(options) { place, acme in
            var run = place.connecting(acme, key: acme.key(fault), syncing: true)
            run.arguments.removeAll { $0 == "--json" }
            let outcome = try await run.finish()
            switch Self.ending(of: fault) {
            case .refused(let code, let sentence):
                #expect(outcome.status == .exited(code), "\(outcome)")
                #expect(outcome.out.isEmpty && outcome.err.contains(sentence), "\(outcome)")
                try place.expectNoTrace()
            case .synced(let state, let code, let sentence):
                #expect(outcome.status == .exited(code), "\(outcome)")
                #expect((state == "failed" ? outcome.err : outcome.out).contains(sentence), "\(outcome)")
                let last = try await place.max("run", "last", "--json").reply(0)
                #expect(last.at("run.state") == .string(state), "\(last)")
                #expect(try await place.stored() > 0)
            }
            #expect(!(outcome.out + outcome.err).contains(acme.key(fault)))
        }
    }
}
