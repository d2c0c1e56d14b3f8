import Foundation
import MaxCore
import Testing

extension CampaignHouse {
    /// What lies in a project's private folder when nobody uses it.
    private static let furniture: Set<String> = [
        ".gitignore", "locks", "max.db", "max.db-wal", "max.db-shm", "vault.key",
    ]

    /// Expects that records, secrets and places are what they were, and that the connection goes on from there.
    func expectNothingLost(_ note: String, _ dice: inout Dice) async throws {
        try await expectSecrets(note)
        // A sync may end a reading of everything that was cut short; the one after it is told what changed behind that.
        for _ in 1...2 { try await sync(note) }
        try await expectRecords(note)
        let changes = try await desk.disturb(&dice)
        let reply = try await run(["sync", "acme-dana", "--json"]).finish().reply(0)
        let counts = (reply.at("sync.counts")?.object ?? [:]).filter { $0.key != "AcmeWorkspace" }.map(\.value)
        let news = counts.flatMap { [$0["added"], $0["changed"], $0["gone"]].compactMap { $0?.integer } }
        #expect(news.reduce(0, +) <= Int64(changes), "\(note): more came than changed: \(reply)")
        try await expectRecords(note)
        #expect(try await verdict() == .well, "\(note)")
        #expect(try await health()["freshness"] == "fresh", "\(note)")
        let left = try FileManager.default.contentsOfDirectory(atPath: place.file(".max").path)
        #expect(Self.furniture.isSuperset(of: left), "\(note): \(left)")
    }

    /// Expects that the tables hold what the provider does, in a sound file.
    private func expectRecords(_ note: String) async throws {
        let look = try StoreLook(place)
        try look.expect(try await desk.everything(), note)
        #expect(try look.faults == [], "\(note)")
        #expect(try look.count("run WHERE ended_at IS NULL") == 0, "\(note)")
        #expect(try look.count("task WHERE state <> 'done'") == 0, "\(note)")
        #expect(try look.count("setup_session") == 0, "\(note)")
    }

    /// Expects the one secret, which opens.
    private func expectSecrets(_ note: String) async throws {
        #expect(try StoreLook(place).secrets.count == 1, "\(note)")
        let status = try await run(["vault", "status", "--json"]).finish().reply(0)
        #expect(status.at("vault.lockedConnections") == [:], "\(note)")
        #expect(status.at("vault.locked") == nil, "\(note)")
    }
}
