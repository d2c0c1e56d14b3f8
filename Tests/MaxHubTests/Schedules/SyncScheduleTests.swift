import Foundation
import MaxHub
import Testing

struct SyncScheduleTests {
    private static let hour: TimeInterval = 3600
    private static let now = Date(timeIntervalSince1970: 1_800_000_000)

    private func standing(
        _ state: ConnectionState = .active, own: TimeInterval? = nil, isOpen: Bool = false, ended: TimeInterval? = 0,
        retryAfter: TimeInterval? = nil, failures: Int = 0, isRefused: Bool = false, id: String = "con_one"
    ) -> SyncStanding {
        SyncStanding(
            connection: ConnectionID(rawValue: id), connector: "shelf", state: state, ownInterval: own, isOpen: isOpen,
            lastEndedAt: ended.map { Self.now + $0 }, retryAfter: retryAfter,
            setback: failures == 0 ? nil : Setback(code: "down", count: failures, since: Self.now),
            isRefused: isRefused)
    }

    private func next(_ standing: SyncStanding, at now: Date = now) -> SyncSchedule.Next {
        SyncSchedule.next(standing, recommended: Self.hour, at: now)
    }

    /// How long after the last sync the next one is, in seconds.
    private func wait(_ standing: SyncStanding) throws -> TimeInterval {
        guard case .at(let time) = next(standing) else {
            Issue.record("there is no next sync")
            return 0
        }
        return time.timeIntervalSince(try #require(standing.lastEndedAt))
    }

    @Test func `waits as long as the connector recommends, or as the owner wants`() throws {
        #expect(try (Self.hour...Self.hour * 1.1).contains(wait(standing())))
        #expect(try (600...660).contains(wait(standing(own: 600))))
    }

    @Test func `has no next sync where there shall be none`() {
        #expect(next(standing(.paused)) == .paused)
        #expect(next(standing(.shell)) == .inactive)
        #expect(next(standing(.revoked)) == .inactive)
        #expect(next(standing(isOpen: true)) == .underWay)
        #expect(next(standing(isRefused: true)) == .refused)
    }

    @Test func `a sync that never was is due at once`() { #expect(next(standing(ended: nil)) == .now) }

    @Test
    func `waits twice as long from the third failure of one cause on, a day at most, and gives up at the seventh`()
        throws
    {
        for (failures, hours) in [(1, 1.0), (2, 1), (3, 2), (4, 4), (5, 8), (6, 16)] {
            let wait = try wait(standing(failures: failures))
            #expect((hours * Self.hour...hours * Self.hour * 1.1).contains(wait))
        }
        #expect(next(standing(failures: 7)) == .givenUp)
        #expect(next(standing(failures: 70)) == .givenUp)
        #expect(try (86400...95040).contains(wait(standing(own: 36000, failures: 6))))
        #expect(try wait(standing(own: 7 * 86400, failures: 6)) >= 7 * 86400)
    }

    @Test func `leaves a provider alone for as long as it asked`() throws {
        #expect(try wait(standing(retryAfter: 50000)) == 50000)
        #expect(try wait(standing(retryAfter: 5)) >= Self.hour)
    }

    @Test func `does not believe an ending that lies in the future`() {
        #expect(next(standing(ended: 365 * 86400)) == .now)
        #expect(next(standing(ended: 30)) != .now)
    }

    @Test func `after weeks without a server one sync is due, not many`() {
        let late = Self.now + 40 * 86400
        guard case .at(let time) = next(standing(), at: late) else {
            Issue.record("there is no next sync")
            return
        }
        #expect(time < late)
    }

    @Test func `spreads connections of one interval, the same ones always in the same way`() throws {
        let waits = try (1...50).map { try wait(standing(id: "con_\($0)")) }
        #expect(Set(waits).count > 40)
        #expect(try waits == (1...50).map { try wait(standing(id: "con_\($0)")) })
    }
}
