import Foundation
import MaxConnector
import MaxCore
import MaxHub

let now = Date(timeIntervalSince1970: 1_800_000_000)
let hour: TimeInterval = 3600
let day: TimeInterval = 86400

extension Run {
    /// A run of a sample connection that ended, or began, so many seconds ago.
    static func sample(
        _ state: RunState, _ age: TimeInterval = 600, isStalled: Bool = false, _ problem: Problem? = nil
    ) -> Run {
        Run(
            id: RunID(rawValue: "run_\(state)"), connection: ConnectionID(rawValue: "con_one"), scope: RunScope(),
            state: state, requestedAt: now - age - 10, endedAt: state.isEnded ? now - age : nil, isStalled: isStalled,
            ending: state.isEnded ? RunEnding(problem: problem) : nil)
    }
}

extension Problem {
    static let refused = Problem(
        "credential_refused", .auth, "Acme rejected this token. Nothing more is asked for until it is replaced.",
        rung: .signIn)
    static let down = Problem("provider_unavailable", .retryable, "Acme is not available now.", rung: .answer)
    static let limited = Problem(
        "rate_limited", .retryable, "Acme asks to wait until 2027-01-15 09:00 UTC.", retryAfter: 3600)
    static let odd = Problem("answer_unreadable", .permanent, "Acme answered in a way that is not understood.")
}

/// Facts of a sample connection, told by what differs from one that is well.
struct Facts {
    var state = ConnectionState.active
    var lock: VaultLock?
    var runs = [Run.sample(.complete)]
    var records = 155
    var failures = 0
    var isRefused = false
    var isTended = true
    var expiresIn: TimeInterval?
    /// When the credential is expected to end, by how long others lasted.
    var expectedEndIn: TimeInterval?
    var headroom = DiskHeadroom.ample

    var whole: ConnectionFacts {
        let id = ConnectionID(rawValue: "con_one")
        let newest = runs.first
        let connection = Connection(
            id: id, connector: "acme", slug: "acme-dana", label: "dana",
            identity:
                Identity(id: "1", label: "dana", scopes: [], expiresAt: expiresIn.map { now + $0 }), state: state,
            config: [:], configVersion: 1, isSandbox: false, allowedHosts: [], createdAt: now - 30 * day,
            activatedAt: now - 30 * day)
        let standing = SyncStanding(
            connection: id, connector: "acme", state: state, isOpen: newest.map { !$0.state.isEnded } ?? false,
            lastEndedAt: runs.first { $0.state.isEnded }?.endedAt,
            setback: failures == 0
                ? nil : Setback(code: newest?.ending?.problem?.code ?? "", count: failures, since: now - day),
            isRefused: isRefused, expectedEnd: expectedEndIn.map { now + $0 })
        return ConnectionFacts(
            connection, lock: lock, runs: runs, records: records, standing: standing, isTended: isTended,
            headroom: headroom)
    }

    /// What they come to.
    var health: ConnectionHealth { .project(whole, at: now) }
}
