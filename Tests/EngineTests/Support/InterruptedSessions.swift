import Foundation
import MaxHub
import Synchronization

/// Session rows in which something else happens right before an answer with secrets is stored.
final class InterruptedSessions: SessionRows {
    private let rows: any SessionRows
    private let answer: Int
    private let work: @Sendable () async throws -> Void
    private let seen = Mutex(0)

    /// Creates rows in which `work` runs once, at the nth saving with secrets from 1 on.
    init(_ rows: any SessionRows, at answer: Int, _ work: @escaping @Sendable () async throws -> Void) {
        self.rows = rows
        self.answer = answer
        self.work = work
    }

    func save(_ session: SetupSession, secrets: [FreshlySealed], dropping: Set<String>) async throws {
        if !secrets.isEmpty {
            let number = seen.withLock { seen in
                seen += 1
                return seen
            }
            if number == answer { try await work() }
        }
        try await rows.save(session, secrets: secrets, dropping: dropping)
    }

    func sessions(at time: Date) async throws -> [SetupSession] { try await rows.sessions(at: time) }
    func session(_ id: SessionID) async throws -> SetupSession? { try await rows.session(id) }
    func insert(_ session: SetupSession) async throws { try await rows.insert(session) }
    func activate(_ activation: Activation) async throws { try await rows.activate(activation) }
    func discard(_ id: SessionID) async throws { try await rows.discard(id) }
    func discardExpired(at time: Date) async throws { try await rows.discardExpired(at: time) }
}
