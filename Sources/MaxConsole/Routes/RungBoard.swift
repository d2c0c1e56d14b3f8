internal import MaxCore
internal import MaxHub
internal import MaxSetup
internal import Synchronization

/// How far the checks are that this process makes right now.
final class RungBoard: Sendable {
    private let rungs = Mutex<[SessionID: Rung]>([:])

    /// Where the check of a setup is; nil when none is under way.
    subscript(id: SessionID) -> Rung? { rungs.withLock { $0[id] } }

    /// Runs a check that reports its rungs, and forgets them afterwards.
    func during<Result>(
        _ id: SessionID, _ check: (@escaping SetupReport) async throws -> Result
    ) async rethrows -> Result {
        defer { rungs.withLock { $0[id] = nil } }
        return try await check { news in
            if case .passed(let rung) = news { self.rungs.withLock { $0[id] = rung } }
        }
    }
}
