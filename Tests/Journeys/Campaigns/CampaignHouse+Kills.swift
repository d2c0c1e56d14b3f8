import Foundation
import MaxCore
import PseudoTerminal
import Testing

/// Processes that are killed (-9) at any moment.
extension CampaignHouse {
    private static let rounds = 3
    private static let passphrase = ["MAX_BACKUP_PASSPHRASE": "correct horse battery"]

    /// Kills servers while they collect; each next one takes over.
    func killServers(_ dice: inout Dice) async throws {
        for round in 1...Self.rounds {
            try await desk.disturb(&dice)
            try setClock(ahead: Double(round) * 7200)
            let server = run(["serve", "--listen", "127.0.0.1:0"])
            try await mortal(server, milliseconds: 50 + dice.below(600)).expectKilled()
        }
    }

    func killWatches(_ dice: inout Dice) async throws {
        for round in 1...Self.rounds {
            try await desk.disturb(&dice)
            try setClock(ahead: Double(round) * 7200)
            try await mortal(run(["sync", "--watch"]), milliseconds: 50 + dice.below(600)).expectKilled()
        }
    }

    func killSyncs(_ dice: inout Dice) async throws {
        for round in 1...Self.rounds {
            try await desk.disturb(&dice)
            let words = ["sync", "acme-dana", "--json"] + (round % 2 == 0 ? ["--full"] : [])
            _ = try await mortal(place.run(words), milliseconds: 50 + dice.below(400)).finish()
        }
    }

    /// Kills backups; what they leave behind is no backup, and is out of the way after the next one.
    func killBackups(_ dice: inout Dice) async throws {
        for round in 1...Self.rounds {
            let words = ["backup", "house-\(round).backup", "--json"]
            let backup = place.run(words, environment: Self.passphrase)
            _ = try await mortal(backup, milliseconds: 100 + dice.below(1200)).finish()
            guard FileManager.default.fileExists(atPath: place.file("house-\(round).backup").path) else { continue }
            let check = try await place.max(
                ["restore", place.file("house-\(round).backup").path, "--verify", "--json"],
                environment: Self.passphrase)
            #expect(check.status == .exited(0), "a file that is there is whole: \(check)")
        }
        _ = try await place.max(["backup", "house.backup", "--json"], environment: Self.passphrase).reply(0)
    }

    /// Kills rotations of the keys, and ends with one that is not.
    func killRotations(_ dice: inout Dice) async throws {
        for _ in 1...Self.rounds {
            _ = try await mortal(place.run(["vault", "rotate", "--json"]), milliseconds: 20 + dice.below(200)).finish()
            let status = try await place.max("vault", "status", "--json").reply(0)
            #expect(status.at("vault.lockedConnections") == [:])
        }
        _ = try await place.max("vault", "rotate", "--json").reply(0)
    }
}

extension ProgramRun {
    /// Runs to the kill that comes.
    fileprivate func expectKilled() async throws {
        let end = try await finish()
        #expect([.signalled(SIGKILL), .exited(128 + SIGKILL)].contains(end.status), "\(end)")
    }
}
