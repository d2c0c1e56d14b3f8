import Foundation
import MaxConnector
import MaxCore
import MaxHub
import Testing

/// The table of facts and verdicts: each row differs from a well connection by what it names.
struct VerdictTests {
    private static let well = Run.sample(.complete, 2 * hour)
    private static let missing = VaultLock(
        missingKeys: ["3f9a2c1d"], sentence: "locked: key 3f9a2c1d is missing", fix: "Give it back.")

    private func expect(
        _ facts: Facts, _ headline: ConnectionHealth.Headline, _ sentence: String, _ action: String?,
        sourceLocation: SourceLocation = #_sourceLocation
    ) {
        let health = facts.health
        #expect(health.headline == headline, sourceLocation: sourceLocation)
        #expect(health.sentence == sentence, sourceLocation: sourceLocation)
        #expect(health.action?.kind == action, sourceLocation: sourceLocation)
    }

    @Test func `a connection that was just collected is well and needs nothing`() {
        expect(Facts(), .active, "155 records · synced 10 minutes ago", nil)
        expect(Facts(runs: [.sample(.complete, 5)]), .active, "155 records · synced now", nil)
        expect(Facts(records: 0), .active, "nothing there yet", nil)
    }

    @Test func `a first sync is told from the request to its end`() {
        expect(Facts(runs: [], records: 0), .active, "first sync starting", nil)
        expect(Facts(runs: [.sample(.requested)], records: 0), .active, "first sync starting", nil)
        expect(Facts(runs: [.sample(.requested)], records: 0, isTended: false), .active, "not synced yet", "sync")
        expect(Facts(runs: [.sample(.running)], records: 40), .active, "syncing — 40 records", nil)
        expect(Facts(runs: [.sample(.requested), Self.well]), .active, "155 records · sync starting", nil)
        expect(
            Facts(runs: [.sample(.running, isStalled: true), Self.well]), .active,
            "155 records · the last sync broke off", "sync")
    }

    @Test func `a stopped or partial sync says so and is done again`() {
        expect(
            Facts(runs: [.sample(.cancelled), Self.well]), .active, "155 records · the last sync was stopped", "sync")
        expect(
            Facts(runs: [.sample(.partial, 600, .down), Self.well]), .active,
            "155 records · part is missing · Acme is not available now", "sync")
        expect(
            Facts(runs: [.sample(.partial, 600, Problem("scope_missing", .auth, "…")), Self.well]), .active,
            "155 records · part is missing · …", "reconnect")
    }

    @Test func `a refused credential needs the owner at once`() {
        expect(
            Facts(runs: [.sample(.failed, 600, .refused), Self.well], failures: 1, isRefused: true), .needsAttention,
            "Acme rejected this token · 155 records kept", "reconnect")
    }

    @Test func `what was stopped under a refused credential is not healed by that`() {
        expect(
            Facts(runs: [.sample(.cancelled), .sample(.failed, 900, .refused)], isRefused: true), .needsAttention,
            "its credential was refused · 155 records kept", "reconnect")
        expect(
            Facts(runs: [.sample(.running, isStalled: true), .sample(.failed, 900, .refused)], isRefused: true),
            .needsAttention, "its credential was refused · 155 records kept", "reconnect")
    }

    @Test func `an outage of the provider is waited for, and is nobody's fault`() {
        let failed = [Run.sample(.failed, 600, .down), Self.well]
        expect(
            Facts(runs: failed, failures: 1), .waiting,
            "Acme is not available now · 155 records kept · trying again in \(Self.left(failures: 1))", "wait")
        expect(
            Facts(runs: failed, failures: 6), .waiting,
            "Acme is not available now · 155 records kept · trying again in \(Self.left(failures: 6))", "wait")
    }

    @Test func `a disk without room is waited for, whatever else is to be synced`() {
        let none = DiskHeadroom.exhausted(bytesLeft: 480_000_000)
        let words = "the disk is nearly full: 480 MB are left · it goes on when there is room · 155 records kept"
        for runs in [[Self.well], [.sample(.requested), Self.well], [.sample(.failed, 600, .down), Self.well]] {
            expect(Facts(runs: runs, headroom: none), .waiting, words, nil)
            #expect(Facts(runs: runs, headroom: .low(bytesLeft: 600_000_000)).health == Facts(runs: runs).health)
        }
        expect(Facts(runs: [.sample(.running)], headroom: none), .active, "syncing — 155 records", nil)
        expect(
            Facts(isTended: false, headroom: none), .waiting,
            "the disk is nearly full: 480 MB are left · make room, then sync · 155 records kept", nil)
        expect(
            Facts(runs: [.sample(.failed, 600, .refused)], failures: 1, isRefused: true, headroom: none),
            .needsAttention, "Acme rejected this token · 155 records kept", "reconnect")
        expect(Facts(runs: [.sample(.partial, 600, .refused), Self.well], headroom: none), .waiting, words, nil)
        expect(Facts(state: .paused, headroom: none), .paused, "155 records · synced 10 minutes ago", "resume")
    }

    @Test func `after the seventh failure the owner decides`() {
        let failed = [Run.sample(.failed, 600, .down), Self.well]
        for isTended in [true, false] {
            expect(
                Facts(runs: failed, failures: 7, isTended: isTended), .needsAttention,
                "Acme is not available now · 155 records kept", "sync")
        }
        expect(
            Facts(runs: [.sample(.cancelled)] + failed, failures: 7), .needsAttention,
            "it failed too often to be tried again · 155 records kept", "sync")
    }

    @Test func `where nobody syncs by itself nothing is promised`() {
        let failed = [Run.sample(.failed, 600, .down), Self.well]
        expect(
            Facts(runs: failed, failures: 1, isTended: false), .active,
            "155 records · the last sync failed · Acme is not available now", "sync")
        #expect(Facts(isTended: false).health.nextAt == nil)
        #expect(Facts().health.nextAt != nil)
    }

    @Test func `a fault that stays is told as one`() {
        expect(
            Facts(runs: [.sample(.failed, 600, .odd), Self.well], failures: 1), .active,
            "155 records · the last sync failed · Acme answered in a way that is not understood", "sync")
    }

    @Test func `paused, disconnected, locked and unfinished ones say only that`() {
        let failed = [Run.sample(.failed, 600, .refused)]
        expect(Facts(state: .paused), .paused, "155 records · synced 10 minutes ago", "resume")
        expect(Facts(state: .paused, runs: failed, isRefused: true), .paused, "155 records", "resume")
        expect(Facts(state: .revoked), .disconnected, "155 records · synced 10 minutes ago", "reconnect")
        expect(Facts(lock: Self.missing), .locked, "key 3f9a2c1d is missing", "server_setting")
        expect(Facts(state: .paused, lock: Self.missing), .paused, "155 records · synced 10 minutes ago", "resume")
        expect(Facts(state: .shell, runs: [], records: 0), .settingUp, "", nil)
    }

    @Test func `the end of a credential is told two weeks ahead`() {
        expect(Facts(expiresIn: 15 * day), .active, "155 records · synced 10 minutes ago", nil)
        expect(
            Facts(expiresIn: 13 * day), .active,
            "155 records · synced 10 minutes ago · its credential ends in 13 days", "reconnect")
        expect(
            Facts(expiresIn: -1), .active, "155 records · synced 10 minutes ago · its credential has ended",
            "reconnect")
    }

    @Test func `an end that is only expected is told as that, and not once it is past`() {
        expect(
            Facts(expectedEndIn: 13 * day), .active,
            "155 records · synced 10 minutes ago · its credential may end in 13 days, as those before it did",
            "reconnect")
        expect(Facts(expectedEndIn: -1), .active, "155 records · synced 10 minutes ago", nil)
        expect(
            Facts(expiresIn: 30 * day, expectedEndIn: 13 * day), .active, "155 records · synced 10 minutes ago", nil)
    }

    @Test func `a failure that nobody can explain says so`() {
        expect(
            Facts(runs: [.sample(.failed, 600, nil), Self.well]), .active,
            "155 records · the last sync failed, and nothing is known of why", "sync")
    }

    @Test func `a time that the provider asked for is waited for, and no longer`() {
        let limited = [Run.sample(.partial, 600, .limited), Self.well]
        expect(
            Facts(runs: limited), .waiting,
            "Acme asks to wait until 2027-01-15 09:00 UTC · 155 records kept · trying again in "
                + Phrase.duration((Facts(runs: limited).health.nextAt ?? now).timeIntervalSince(now)), "wait")
        expect(
            Facts(runs: [.sample(.partial, 3601, .limited), Self.well]), .active,
            "155 records · part is missing · Acme asks to wait until 2027-01-15 09:00 UTC", "sync")
        expect(
            Facts(runs: limited, isTended: false), .active,
            "155 records · part is missing · Acme asks to wait until 2027-01-15 09:00 UTC", "sync")
    }

    @Test func `freshness is measured by the schedule, and unknown when the clock was set back`() {
        let ages: [(TimeInterval, ConnectionHealth.Freshness)] = [
            (600, .fresh), (hour, .fresh), (1.5 * hour, .due), (3 * hour, .due), (4 * hour, .stale),
            (400 * day, .stale), (-30, .fresh), (-day, .unknown),
        ]
        for (age, freshness) in ages { #expect(Facts(runs: [.sample(.complete, age)]).health.freshness == freshness) }
        #expect(Facts(runs: []).health.freshness == .never)
        #expect(
            Facts(runs: [.sample(.complete, -day)]).health.sentence
                == "155 records · last synced at an unknown time: this machine’s clock was set back")
    }

    @Test func `nothing heals by age`() {
        for age in [600, day, 400 * day] {
            let refused = Facts(runs: [.sample(.failed, age, .refused)], failures: 1, isRefused: true)
            #expect(refused.health.headline == .needsAttention)
            let given = Facts(runs: [.sample(.failed, age, .down)], failures: 7)
            #expect(given.health.headline == .needsAttention)
        }
    }

    /// How long is left to the next try after failures, the newest of which was ten minutes ago.
    private static func left(failures: Int) -> String {
        let facts = Facts(runs: [.sample(.failed, 600, .down), well], failures: failures)
        return Phrase.duration((facts.health.nextAt ?? now).timeIntervalSince(now))
    }
}

/// Every fact against every other: what is promised of all verdicts.
struct VerdictPromiseTests {
    private static let runs: [[Run]] = [
        [], [.sample(.requested)], [.sample(.running)], [.sample(.running, isStalled: true)], [.sample(.complete)],
        [.sample(.partial, 600, .down)], [.sample(.failed, 600, .down)], [.sample(.failed, 600, .refused)],
        [.sample(.failed, 600, .odd)], [.sample(.cancelled)], [.sample(.failed, 600, nil)],
    ]

    private static let all: [Facts] = ConnectionState.allCases.flatMap { state in
        runs.flatMap { runs in
            [0, 1, 3, 7].flatMap { failures in
                [true, false].flatMap { isRefused in
                    [true, false].map { isTended in
                        Facts(
                            state: state, runs: runs, failures: failures, isRefused: isRefused, isTended: isTended)
                    }
                }
            }
        }
    }

    @Test func `what needs attention has an action, and what waits has a time`() {
        #expect(Self.all.count > 600)
        for facts in Self.all {
            let health = facts.health
            switch health.headline {
            case .needsAttention: #expect(health.action == .sync || health.action == .reconnect)
            case .waiting:
                guard case .wait(let until) = health.action else {
                    Issue.record("a connection waits for nothing")
                    continue
                }
                #expect(until >= now)
            case .paused: #expect(health.action == .resume)
            case .disconnected: #expect(health.action == .reconnect)
            case .settingUp: #expect(health.action == nil)
            case .active, .locked: break
            }
        }
    }

    @Test func `no code and no word of the machinery is in a sentence`() {
        for facts in Self.all {
            let sentence = facts.health.sentence
            #expect(!sentence.contains("_") && !sentence.contains("run"), "\(sentence)")
            #expect(sentence == sentence.trimmingCharacters(in: .whitespaces))
        }
    }

    @Test func `a refused credential is never collected from again by itself`() {
        for facts in Self.all where facts.isRefused { #expect(facts.health.nextAt == nil) }
    }

    @Test func `only the words of a verdict change with the minute`() {
        for facts in Self.all {
            let earlier = ConnectionHealth.project(facts.whole, at: now)
            let later = ConnectionHealth.project(facts.whole, at: now + 60)
            if case .wait = earlier.action { continue }
            #expect(earlier.ageless == later.ageless)
        }
    }
}
