import Foundation
import MaxConnector
import MaxCore
import MaxHub
import MaxNotices

let now = Date(timeIntervalSince1970: 1_800_000_000)
let day: TimeInterval = 86400

extension Problem {
    static let refused = Problem("credential_refused", .auth, "Acme rejected this token.", rung: .signIn)
    static let down = Problem("provider_unavailable", .retryable, "Acme is not available now.", rung: .answer)
}

/// A sample connection, told by what differs from one that is well and just collected.
struct Scene {
    var id = "con_one"
    var label = "dana@acme.test"
    var state = ConnectionState.active
    var isLocked = false
    var runs: [RunState] = [.complete]
    var problem: Problem?
    var isStalled = false
    var failures = 0
    var isRefused = false
    var records = 155
    var expiresIn: TimeInterval?
    /// When the credential is expected to end, by how long others lasted.
    var expectedEndIn: TimeInterval?
    var setup: String?

    /// The connection as notices see it.
    var report: ConnectionReport {
        let connection = ConnectionID(rawValue: id)
        let found = Connection(
            id: connection, connector: "acme", slug: "acme-dana", label: label,
            identity: Identity(id: "1", label: label, scopes: [], expiresAt: expiresIn.map { now + $0 }), state: state,
            config: [:], configVersion: 1, isSandbox: false, allowedHosts: [], createdAt: now - 30 * day,
            activatedAt: now - 30 * day, lastSetup: setup.map { .sample($0, of: connection) })
        let lock = VaultLock(missingKeys: ["3f9a"], sentence: "locked: key 3f9a is missing", fix: "Give it back.")
        let standing = SyncStanding(
            connection: connection, connector: "acme", state: state, isOpen: runs.first.map { !$0.isEnded } ?? false,
            lastEndedAt: runs.first?.isEnded == true ? now - 600 : nil,
            setback: failures == 0 ? nil : Setback(code: problem?.code ?? "", count: failures, since: now - day),
            isRefused: isRefused, expectedEnd: expectedEndIn.map { now + $0 })
        let facts = ConnectionFacts(
            found, lock: isLocked ? lock : nil, runs: runs.map(run), records: records, standing: standing)
        return ConnectionReport(
            found, source: "Acme", health: .project(facts, at: now), link: URL(string: "https://acme.test/tokens"))
    }

    /// What there is to be told of it alone.
    var findings: NoticeFindings { NoticeRule.findings(NoticeFacts(connections: [report]), at: now) }

    private func run(_ state: RunState) -> Run {
        Run(
            id: RunID(rawValue: "run_\(state)"), connection: ConnectionID(rawValue: id), scope: RunScope(),
            state: state, requestedAt: now - 610, endedAt: state.isEnded ? now - 600 : nil, isStalled: isStalled,
            ending: state.isEnded ? RunEnding(problem: problem) : nil)
    }
}

extension FinishedSetup {
    fileprivate static func sample(_ id: String, of connection: ConnectionID) -> FinishedSetup {
        FinishedSetup(
            SetupSession(
                id: SessionID(rawValue: id), connector: "acme", purpose: .add, connection: connection, name: nil,
                createdAt: now,
                expiresAt: now + day), updated: false, credential: nil, at: now)
    }
}
