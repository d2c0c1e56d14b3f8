internal import MaxCore
package import MaxHub
internal import Synchronization

/// The checks that this process makes right now: how far each has climbed, and a way to end it.
package final class OngoingChecks: Sendable {
    private let state = Mutex(State())

    /// Creates a board without a check.
    package init() {}

    private struct State {
        var checks: [SessionID: [Int: Check]] = [:]
        /// Raised by everything that happens here.
        var number = 0
    }

    fileprivate struct Check {
        var ladder: Ladder
        let stop: AsyncStream<Void>.Continuation
        let account: String?
    }

    /// A number that differs from an earlier one when a check began, climbed or ended in between.
    package var number: Int { state.withLock(\.number) }

    /// How far each check has climbed.
    package var ladders: [SessionID: Ladder] { state.withLock { $0.checks.compactMapValues { $0.newest?.ladder } } }

    /// How far the check of a setup has climbed; nil when none is under way.
    subscript(id: SessionID) -> Ladder? { state.withLock { $0.checks[id]?.newest?.ladder } }

    /// How many other setups have a check of an account under way.
    func count(of account: String, besides id: SessionID) -> Int {
        state.withLock { state in
            state.checks.count { $0.key != id && $0.value.values.contains { $0.account == account } }
        }
    }

    /// Notes a check.
    ///
    /// - Returns: Its number, and what ends when somebody wants it ended.
    func begin(_ id: SessionID, of account: String?, _ ladder: Ladder) -> (number: Int, stop: AsyncStream<Void>) {
        let (stops, stop) = AsyncStream.makeStream(of: Void.self)
        let number = state.withLock { state in
            state.number += 1
            state.checks[id, default: [:]][state.number] = Check(ladder: ladder, stop: stop, account: account)
            return state.number
        }
        return (number, stops)
    }

    func note(_ ladder: Ladder, of id: SessionID, _ check: Int) {
        state.withLock { state in
            state.checks[id]?[check]?.ladder = ladder
            state.number += 1
        }
    }

    func end(_ id: SessionID, _ check: Int) {
        let stop = state.withLock { state in
            state.number += 1
            defer { if state.checks[id]?.isEmpty == true { state.checks[id] = nil } }
            return state.checks[id]?.removeValue(forKey: check)?.stop
        }
        stop?.finish()
    }

    /// Ends the checks of a setup that is over.
    func stop(_ id: SessionID) {
        let stops = state.withLock { $0.checks[id]?.values.map(\.stop) } ?? []
        for stop in stops { stop.finish() }
    }
}

extension [Int: OngoingChecks.Check] {
    /// The check that began last.
    fileprivate var newest: OngoingChecks.Check? { self.max { $0.key < $1.key }?.value }
}
