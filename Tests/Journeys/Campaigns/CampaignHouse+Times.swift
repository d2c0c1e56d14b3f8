import AcmeSandbox
import Foundation
import MaxCore
import SandboxKit
import Testing

/// Clocks that jump, and providers that fail for longer than anybody sits before a terminal.
extension CampaignHouse {
    private static let hour: TimeInterval = 3600
    private static let year: TimeInterval = 365 * 86400

    /// Sets the clock of a server a year ahead and back again, at rest and while it collects.
    func jumpClock(_ dice: inout Dice) async throws {
        try await desk.disturb(&dice)
        try await serving { _ in
            for ahead in [Self.year, 0, Self.hour * 2, Self.year + Self.hour * 2, Self.hour * 4] {
                let ended = try endedSyncs()
                try setClock(ahead: ahead)
                try await untilEnded(moreThan: ended)
                let health = try await health()
                #expect(try Verdict(health) == .well, "\(ahead): \(health)")
                #expect(health["freshness"] == "fresh", "\(ahead): \(health)")
            }
        }
        let ended = try endedSyncs()
        try setClock(ahead: 0)
        try await serving { _ in try await untilEnded(moreThan: ended) }
    }

    /// Serves while the provider is down for a week: it is asked ever more rarely, and at last no more.
    func sitOutAWeek() async throws {
        outage.begin()
        try await serving { _ in
            for failure in 1...7 {
                try await failOnce()
                let verdict = try await verdict()
                #expect(verdict == (failure < 7 ? .waiting : .givenUp), "failure \(failure): \(verdict)")
            }
            let ended = try endedSyncs()
            try setClock(ahead: 7 * 86400)
            #expect(try await health()["nextAt"] == nil)
            #expect(try endedSyncs() == ended)
        }
        outage.end()
    }

    /// Serves while the provider is down for two tries, and up again: that needs nobody.
    func sitOutOutages() async throws {
        try await serving { _ in
            outage.begin()
            for _ in 1...2 {
                try await failOnce()
                #expect(try await verdict() == .waiting)
            }
            outage.end()
            try await failOnce()
        }
    }

    /// Lets the time come of the next sync, and waits for its end.
    private func failOnce() async throws {
        let health = try await health()
        let next = try #require(health["nextAt"]?.string)
        let time = try Date(next, strategy: .iso8601)
        let ended = try endedSyncs()
        try setClock(ahead: time.timeIntervalSince(Date()) + 5)
        try await untilEnded(moreThan: ended)
    }

    /// Serves with a key that is taken back after a few calls: one refusal ends every call until the owner acts.
    func meetRefusals() async throws {
        try await reconnect(acme.key(.revokedAfterFive))
        for _ in 1...5 where try await verdict() != .refused {
            _ = try await run(["sync", "acme-dana", "--json"]).finish()
        }
        try await serving { _ in
            let ended = try endedSyncs()
            for day in 1...3 {
                try setClock(ahead: Double(day) * 86400)
                let health = try await health()
                #expect(try Verdict(health) == .refused && health["nextAt"] == nil, "\(health)")
            }
            #expect(try endedSyncs() == ended)
        }
    }
}
