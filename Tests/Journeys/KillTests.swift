import AcmeSandbox
import Foundation
import MaxCore
import PseudoTerminal
import Testing

/// Syncs that are killed (-9) at a random write to the store, or at any instant at all.
struct KillTests {
    @Test(arguments: 1...200)
    func `a sync killed anywhere loses nothing, doubles nothing, and is gone on with`(seed: Int) async throws {
        let size = AcmeSize(workspaces: 1, users: 3 + seed % 5, projects: 3 + seed % 7, tasks: 20 + seed % 250)
        try await withAcme(AcmeSandboxOptions(seed: UInt64(seed), size: size)) { place, acme in
            var dice = Dice(seed)
            let desk = try await AcmeDesk(acme)
            _ = try await place.connecting(acme, key: nil, "--no-sync").finish().reply(0)
            for round in ["first", "second", "third"] {
                let kills = try await syncKilled(place, &dice)
                let look = try StoreLook(place)
                let note = "seed \(seed), \(round) sync after \(kills)"
                try look.expect(try await desk.everything(), note)
                #expect(try look.faults == [], "\(note)")
                #expect(try look.rows("SELECT * FROM run WHERE state = 'running'").isEmpty, "\(note)")
                try await desk.disturb(&dice)
            }
        }
    }

    /// Syncs until one is not killed, at most three times in vain.
    ///
    /// - Returns: When each of the others was killed.
    private func syncKilled(_ place: Playground, _ dice: inout Dice) async throws -> [String] {
        var kills: [String] = []
        for _ in 0..<(1 + dice.below(3)) {
            let moment =
                switch dice.below(3) {
                case 0: ["--before", "\(1 + dice.below(16))"]
                case 1: ["--after", "\(1 + dice.below(16))"]
                default: ["--within", "\(dice.below(250_000))"]
                }
            var run = place.run(["sync", "acme-dana", "--json"])
            run.program = "CrashHost"
            run.arguments = moment + ["--"] + run.arguments
            let outcome = try await run.finish()
            guard outcome.status == .signalled(SIGKILL) else {
                #expect(outcome.status == .exited(0), "\(outcome)")
                continue
            }
            kills.append(moment.joined(separator: " "))
        }
        _ = try await place.max("sync", "acme-dana", "--json").reply(0)
        return kills
    }
}
