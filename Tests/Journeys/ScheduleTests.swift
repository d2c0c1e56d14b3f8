import AcmeSandbox
import Foundation
import MaxCore
import PseudoTerminal
import Testing

/// Syncs that come by themselves, and what an owner says about them.
struct ScheduleTests {
    @Test func `an owner chooses how often, pauses, resumes and leaves it to the connector again`() async throws {
        try await withAcme { place, acme in
            try await place.connect(acme, syncing: true)
            let told = try await place.max("schedule", "acme-dana")
            #expect(told.out == "acme-dana is synced every hour, as recommended.\n")
            let often = try await place.max("schedule", "acme-dana", "--every", "2h", "--json").reply(0)
            #expect(often.at("connection.schedule.every") == 7200 && often.at("connection.schedule.own") == true)
            let paused = try await place.max("schedule", "acme-dana", "--pause")
            #expect(paused.out == "acme-dana is paused: nothing is collected until it is resumed.\n")
            #expect(try await place.max("ls").out.contains("Paused"))
            let refused = try await place.max("sync", "acme-dana", "--json").refusal(1)
            #expect(refused["code"] == "connection_inactive")
            let resumed = try await place.max("schedule", "acme-dana", "--resume")
            #expect(resumed.out == "acme-dana is synced every 2 hours.\n")
            let usual = try await place.max("schedule", "acme-dana", "--default", "--json").reply(0)
            #expect(usual.at("connection.schedule.own") == false)
            #expect(try await place.max("schedule", "acme-dana", "--every", "1m", "--json").status != .exited(0))
        }
    }

    @Test func `a watch syncs what is due, says so on a line, and ends when it is told to`() async throws {
        try await withCampaignHouse(1) { house in
            let ended = try house.endedSyncs()
            #expect(try await house.health()["nextAt"] == nil, "nobody would do it")
            let watch = try await house.run(["sync", "--watch"]).finish { process in
                do {
                    await house.untilTended()
                    try house.setClock(ahead: 7200)
                    try await house.untilEnded(moreThan: ended)
                } catch { Issue.record(error) }
                kill(process, SIGTERM)
            }
            #expect(watch.status == .exited(0), "\(watch)")
            #expect(watch.err.contains("Syncing every connection when it is time."), "\(watch)")
            #expect(watch.out.contains("UTC · acme-dana · "), "\(watch)")
            #expect(try house.endedSyncs() == ended + 1)
        }
    }
}

extension CampaignHouse {
    /// Waits until somebody syncs when it is time, which is promised from then on.
    fileprivate func untilTended() async {
        for _ in 1...600 {
            if let health = try? await health(), health["nextAt"] != nil { return }
        }
        Issue.record("nobody syncs when it is time")
    }
}
