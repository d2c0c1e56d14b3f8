internal import MaxCore
package import MaxHub
internal import Synchronization

/// The checks that this process makes right now: how far each has climbed, who waits for it, and a way to end it.
package final class OngoingChecks: Sendable {
    private let state = Mutex(State())

    /// Creates a board without a check.
    package init() {}

    private struct State {
        var checks: [Int: OngoingCheck] = [:]
        /// Raised by everything that happens here.
        var number = 0
    }

    /// Somebody's part in a check.
    private struct Seat {
        let check: Int
        let driver: Int
        let work: Task<SetupReply, any Error>
    }

    /// A number that differs from an earlier one when a check began, climbed or ended in between.
    package var number: Int { state.withLock(\.number) }

    /// How far each check has climbed; of two for one setup, the later one.
    package var ladders: [SessionID: Ladder] {
        let checks = state.withLock(\.checks).sorted { $0.key < $1.key }.map(\.value)
        return Dictionary(checks.compactMap { check in check.call.map { (check.session.id, $0.ladder) } }) { $1 }
    }

    /// How far the check of a setup has climbed; nil when none is under way.
    subscript(id: SessionID) -> Ladder? { ladders[id] }

    /// A setup as far as it is driven here from that revision; nil where nobody drives it from there.
    func session(_ id: SessionID, at revision: Int) -> SetupSession? {
        state.withLock { state in
            state.checks.values.first { $0.session.id == id && $0.session.revision == revision }?.session
        }
    }

    /// How many other setups have a check of an account under way.
    func count(of account: String, besides id: SessionID) -> Int {
        let checks = state.withLock { Array($0.checks.values) }
        return Set(checks.filter { $0.call?.account == account }.map(\.session.id)).subtracting([id]).count
    }

    /// Has a setup driven on by `work`, unless somebody drives it already from the same place: then both have what comes of
    /// that, and the provider is asked once.
    ///
    /// The work goes on until the last of those who wait for it leaves.
    ///
    /// - Parameter work: Gets the number of the check, to tell of it.
    func share(
        _ session: SetupSession, _ report: SetupReport?,
        _ work: @escaping @Sendable (Int) async throws -> SetupReply
    ) async throws -> SetupReply {
        let (news, driver) = AsyncStream.makeStream(of: Ladder.self)
        let seat = join(session, driver, work)
        for await ladder in news { report?(ladder) }
        guard Task.isCancelled else { return try await seat.work.value }
        if leave(seat) {
            seat.work.cancel()
            _ = await seat.work.result
        }
        throw CancellationError()
    }

    private func join(
        _ session: SetupSession, _ driver: AsyncStream<Ladder>.Continuation,
        _ work: @escaping @Sendable (Int) async throws -> SetupReply
    ) -> Seat {
        state.withLock { state in
            state.number += 1
            let number = state.number
            if let (found, check) = state.checks.first(where: { $0.value.isDriven(from: session) }) {
                state.checks[found]?.drivers[number] = driver
                if let ladder = check.call?.ladder { driver.yield(ladder) }
                return Seat(check: found, driver: number, work: check.work)
            }
            let task = Task {
                defer { end(number) }
                return try await work(number)
            }
            state.checks[number] = OngoingCheck(session, drivers: [number: driver], work: task)
            return Seat(check: number, driver: number, work: task)
        }
    }

    /// Lets one of those who wait go.
    ///
    /// - Returns: Whether it was the last, and nobody joins any more.
    private func leave(_ seat: Seat) -> Bool {
        state.withLock { state in
            state.checks[seat.check]?.drivers[seat.driver] = nil
            return state.checks[seat.check]?.drivers.isEmpty ?? false
        }
    }

    private func end(_ check: Int) {
        let ended = state.withLock { state in
            state.number += 1
            return state.checks.removeValue(forKey: check)
        }
        for driver in (ended?.drivers ?? [:]).values { driver.finish() }
    }

    /// Notes that the setup is at that place now.
    func note(_ session: SetupSession, of check: Int) {
        state.withLock { $0.checks[check]?.session = session }
    }

    /// Notes that the provider is asked.
    ///
    /// - Returns: What ends when somebody wants that ended.
    func beginCall(_ check: Int, of account: String?) -> AsyncStream<Void> {
        let (stops, stop) = AsyncStream.makeStream(of: Void.self)
        state.withLock { state in
            state.number += 1
            state.checks[check]?.call = OngoingCheck.Call(ladder: Ladder(), account: account, stop: stop)
        }
        return stops
    }

    /// Notes how far a check has climbed, and tells those who wait.
    func note(_ ladder: Ladder, of check: Int) {
        state.withLock { state in
            state.number += 1
            state.checks[check]?.call?.ladder = ladder
            for driver in (state.checks[check]?.drivers ?? [:]).values { driver.yield(ladder) }
        }
    }

    func endCall(_ check: Int) {
        let call = state.withLock { state in
            state.number += 1
            defer { state.checks[check]?.call = nil }
            return state.checks[check]?.call
        }
        call?.stop.finish()
    }

    /// Ends the checks of a setup that is over.
    func stop(_ id: SessionID) {
        let checks = state.withLock { $0.checks.values.filter { $0.session.id == id } }
        for check in checks { check.call?.stop.finish() }
    }
}
